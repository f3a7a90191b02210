"""What is likely: statistical risk models (data shapes live with their own package)."""
