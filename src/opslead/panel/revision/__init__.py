"""The Ops Lead's answers to a breach report: closed with the words that do it, mitigated, accepted, or open."""
