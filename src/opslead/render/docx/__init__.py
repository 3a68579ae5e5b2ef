"""The Word document: real styles, a table of contents, running header and footer; in a house's own template where one is given."""
