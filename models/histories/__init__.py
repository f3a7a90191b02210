"""What the council's own histories say about past dates: who is scored, by what, and what then came."""
