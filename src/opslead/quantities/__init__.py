"""Numbers with their sums: pure functions of amounts, each with its formula and source."""
