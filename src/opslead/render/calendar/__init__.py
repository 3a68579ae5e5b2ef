"""Review dates of the rollout, counted from the day on which it begins."""
