"""Which rows are compared, what agrees, what it weighs, what forbids a link."""
