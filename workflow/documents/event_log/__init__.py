"""The trail as an event log that tools for process mining open: XES for cases, OCEL 2.0 for objects."""
