"""What a model claims, held against the text, the model, arithmetic, the calendar and the search."""
