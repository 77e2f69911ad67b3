"""Regular expressions of XPath: read, translated to Python's, run in linear time."""
