"""Documents: drafts, issue, reading, listing, status."""
