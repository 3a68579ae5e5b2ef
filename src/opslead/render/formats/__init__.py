"""One file a format, each with its `FORMAT`; the module's name is the name that `--format` takes."""
