"""From night to night: ids that stay, and matching again only what has changed."""
