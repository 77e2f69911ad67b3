"""Pages for people. They call services and show what these return."""
