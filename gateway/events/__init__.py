"""The event feed: what happened, in one order, append-only."""
