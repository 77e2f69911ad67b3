"""What proves who calls: the tables of it, and the look-up that finds the caller."""
