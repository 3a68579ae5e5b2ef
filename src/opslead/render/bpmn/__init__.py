"""BPMN 2.0: the flows of a service with their lanes, deadlines as boundary timers, and the policies that guard a step as annotations."""
