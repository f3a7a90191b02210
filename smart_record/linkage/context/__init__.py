"""What a pair's households tell that its two rows don't: partners, housemates, who is left."""
