"""Rule sets compiled to Python."""
