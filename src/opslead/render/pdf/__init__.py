"""The report printed: `report.typ` is how it looks, laid out by Typst; the outline goes in as data."""
