"""OSCAL 1.2: the policies as a catalog of controls, and where each is enforced as a component definition."""
