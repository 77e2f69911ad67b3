"""Business premises: where an entity issues invoices, and what its authority knows of them."""
