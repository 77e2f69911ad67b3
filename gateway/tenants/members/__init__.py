"""The people of an entity: who may do what in it, and who was invited."""
