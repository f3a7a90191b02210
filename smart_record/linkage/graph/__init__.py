"""Pairs of rows as numbers, and the groups that joining them makes."""
