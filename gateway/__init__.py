"""Everything with a socket, a disk or a clock; one folder per feature."""
