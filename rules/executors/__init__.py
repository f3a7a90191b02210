"""The same meaning fast: whole nights as columns, or one household while somebody waits."""
