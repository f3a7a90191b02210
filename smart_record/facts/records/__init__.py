"""The records that facts are read from, laid to their households and read as of any date."""
