"""Whether certificates of keys were revoked: asked of those who know, and checked."""
