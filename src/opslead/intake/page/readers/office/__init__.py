"""What the Office formats need beside their text: styles, numbering, number formats."""
