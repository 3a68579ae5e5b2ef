"""Amounts in running text, and what each of them describes."""
