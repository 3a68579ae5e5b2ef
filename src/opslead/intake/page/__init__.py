"""The page: bytes to text, text to passages with their lines and headings."""
