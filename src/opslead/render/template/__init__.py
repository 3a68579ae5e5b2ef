"""A user's own Markdown template, rendered in a process of its own that can do nothing but render."""
