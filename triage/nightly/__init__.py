"""The parts of a night: what it computes, what it takes over from nights before, and what it tells."""
