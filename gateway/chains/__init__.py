"""Hash chains: each record names its predecessor's digest, so their order cannot be changed."""
