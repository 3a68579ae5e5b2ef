"""One file a format: `read(data, name) -> Converted`, raising InputErrors. The names are those of `kinds.Kind`."""
