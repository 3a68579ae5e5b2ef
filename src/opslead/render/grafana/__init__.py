"""A dashboard over the metrics that the service has to emit."""
