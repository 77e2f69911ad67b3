"""Official files fetched: the only place that gets them, into the cache that `schemas` reads."""
