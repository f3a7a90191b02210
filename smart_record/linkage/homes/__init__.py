"""Which records are one household, and how surely."""
