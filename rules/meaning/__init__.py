"""What a condition means, in plain Python for one household: every executor is held to this."""
