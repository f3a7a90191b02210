"""Which rows are one resident, and how surely."""
