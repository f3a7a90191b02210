"""Time and memory of the product, side by side with what its files cost anyone to read; `make bench`."""

import smart_record  # noqa: F401  as the product does, before Polars is loaded
