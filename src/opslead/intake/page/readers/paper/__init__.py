"""From signs at positions on paper to headings, paragraphs, lists and tables."""
