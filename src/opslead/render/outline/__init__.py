"""The specification as a printed document: headings, paragraphs, lists and tables, before any format gives them a look.

`docx` and `pdf` are both made of it, so that they hold the same.
"""
