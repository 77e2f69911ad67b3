"""Items an entity sells: what a line of a document takes over."""
