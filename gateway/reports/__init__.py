"""Reports over issued documents, and the compliance board, of an entity or a whole account."""
