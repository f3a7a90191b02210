"""Who lives where and what is known about them, as of a date. No rules, no scores."""
