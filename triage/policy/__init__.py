"""The triage policy: from rules met, risk and outcomes to suggestions, within each team's capacity."""
