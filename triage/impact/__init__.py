"""The time machine: two rulebooks replayed on past nights, and who would gain and lose."""
