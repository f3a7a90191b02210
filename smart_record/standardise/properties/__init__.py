"""Which property an address means, how it was found and how sure that is."""
