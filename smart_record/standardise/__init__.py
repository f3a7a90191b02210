"""Names, addresses and identifiers brought to one form, whole columns at a time."""
