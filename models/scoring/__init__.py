"""A scorecard at work: scores, their reasons, and whether tonight's can be trusted."""
