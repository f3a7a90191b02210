"""What an officer is shown of a pair."""
