"""opslead: from a description of a service to the operating policy that keeps it out of accidents."""

__version__ = "0.1.0"
