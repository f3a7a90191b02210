"""What a fact is: its form, its words and units, what makes it not known, and the calendar it counts in."""
