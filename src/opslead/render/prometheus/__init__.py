"""Alerting rules, their unit tests, and the page of metrics that the service has to emit."""
