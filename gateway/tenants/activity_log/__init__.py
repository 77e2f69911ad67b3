"""The activity log, to be read over HTTP."""
