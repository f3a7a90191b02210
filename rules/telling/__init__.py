"""The rulebook, and one household's answers, told to people."""
