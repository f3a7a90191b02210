"""Tier 3 into the teams' queues, and whose a referral is when households change."""
