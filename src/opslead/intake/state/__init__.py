"""The states that a description names and draws."""
