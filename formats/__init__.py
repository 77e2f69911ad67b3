"""An invoice as a document: the semantic model, its syntaxes, and what judges them. Pure."""
