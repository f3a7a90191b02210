"""One household at once, with what it just said."""
