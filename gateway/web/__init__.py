"""Pages for people: what is shown without a key. They call services, never repositories."""
