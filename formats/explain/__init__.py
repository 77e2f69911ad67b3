"""What a broken rule or a rejection means, and how to mend it where that is certain."""
