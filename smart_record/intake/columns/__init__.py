"""Columns read as what they are declared to be, and what can't be right in them."""
