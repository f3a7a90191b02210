"""Facts of the files that a council may bring beside the usual eight."""
