"""Where rules and risk meet: tiers, capacity, referrals, reviews and audit."""

import smart_record  # noqa: F401  first of all, for how it has memory kept
