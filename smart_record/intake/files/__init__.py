"""The delivered files, opened far enough to know their columns and rows."""
