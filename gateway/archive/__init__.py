"""Evidence: write-once blobs, an append-only log over them, bundles and their verifier."""
