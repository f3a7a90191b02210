"""Decision tables, as CSV or a spreadsheet, read into rules."""
