"""Local authorities and networks, protocol-faithful, that can be told to misbehave."""
