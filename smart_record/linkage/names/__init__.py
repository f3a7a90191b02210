"""How alike two names are: spelling, short and other forms, order, rarity."""
