"""How good the links are, with labels or without, and weights trained on a council's own rows."""
