"""France (FR): the extension of the CTC reform."""
