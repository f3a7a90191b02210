"""How good a list of scores is, for whom, and what a list of a team's size is worth."""
