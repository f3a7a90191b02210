"""Time and memory of the product, side by side with what its files cost anyone to read; `make bench`."""
