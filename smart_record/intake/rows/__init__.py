"""Each row accepted, set aside with its reasons, or counted as a repeat."""
