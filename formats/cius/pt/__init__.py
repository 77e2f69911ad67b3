"""Portugal (PT): CIUS-PT."""
