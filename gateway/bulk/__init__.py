"""Many documents in one request: each item succeeds or fails by itself."""
