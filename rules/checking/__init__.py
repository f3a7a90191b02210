"""What can be said of a rules directory before it is used."""
