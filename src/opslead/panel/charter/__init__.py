"""A draft of what the trade lives on, by the engine or by a model."""
