"""What happens to a case: drawn, numbered or told, as steps of known kinds."""
