"""What is compared: one row per named person and per record, with what the council tells of each."""
