"""Sessions: a person at work in one entity, for some hours."""
