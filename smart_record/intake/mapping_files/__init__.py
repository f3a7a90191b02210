"""Mapping files: where a supplier keeps what is declared, as a council writes it down."""
