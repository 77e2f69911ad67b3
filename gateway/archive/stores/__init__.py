"""Where the bytes of evidence lie: one small protocol, and what keeps it."""
