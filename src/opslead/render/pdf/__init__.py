"""The report printed: a page of its own for paper, laid out by WeasyPrint."""
