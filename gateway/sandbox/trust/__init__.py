"""A local trust service: a CA with its revocations and OCSP, and time stamps (RFC 3161)."""
