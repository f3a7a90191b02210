"""What a household owes on council tax and rent, and how far recovery has gone."""
