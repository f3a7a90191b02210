"""What can be proved of rules before they meet a household, each finding with an example."""
