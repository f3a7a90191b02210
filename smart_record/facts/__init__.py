"""Facts about a household as of a date: the catalogue and how each is derived."""
