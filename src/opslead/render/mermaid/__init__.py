"""Mermaid: the life of a case in each flow, and the stories of the search as sequences."""
