"""The code lists of EN 16931, one module per subject, each with its source and version."""
