"""Holes from many directions, each a small ask, merged by meaning."""
