"""Tonight's links: matched, measured, and what officers could settle about them."""
