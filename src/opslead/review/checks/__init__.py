"""One check a file; each carries a `CHECK`."""
