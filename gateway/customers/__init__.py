"""Customers of an entity: who buys, in the words of EN 16931, and what is agreed with them."""
