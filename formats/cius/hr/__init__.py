"""Croatia (HR): the CIUS and extension of 2025 for eRačun."""
