"""Where rules and risk meet: tiers, capacity, referrals, reviews and audit."""
