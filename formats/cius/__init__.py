"""National specifications of EN 16931 in its own syntaxes: CIUS and extensions, one per folder."""
