"""Work items for trackers: one for each horizon of the rollout, one for each policy below it."""
