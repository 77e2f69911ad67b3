"""The Netherlands (NL): NLCIUS."""
