"""How the clients are written from the OpenAPI document."""
