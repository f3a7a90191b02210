"""One rule file: what its entries declare, and every fault with its place."""
