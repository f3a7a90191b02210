"""Fit the additive model and the rivals that it is measured against."""
