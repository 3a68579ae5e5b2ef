"""Who takes part: named in lists, told in sentences, with hours, numbers and what they may decide."""
