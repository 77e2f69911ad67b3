"""Received documents: stored first, then read, judged, compared, answered."""
