"""Who calls: accounts, their entities, and the API keys that act for them."""
