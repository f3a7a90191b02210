"""Versions of the rulebook: kept by content, approved by two people, switched at once, rolled back."""
