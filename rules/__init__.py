"""What the council's policy says: the rule language, its checks, its executors and the rule library."""
