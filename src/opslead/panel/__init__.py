"""The panel: roles around the document that a language model takes, each of its words checked by the engine."""
