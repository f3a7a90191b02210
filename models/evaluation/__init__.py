"""How well a model would have done on later periods that it never learned from."""
