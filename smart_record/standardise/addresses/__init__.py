"""Addresses taken apart: flat, house number, street, as this council's own rows write them."""
