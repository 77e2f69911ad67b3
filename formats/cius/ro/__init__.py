"""Romania (RO): CIUS-RO for RO e-Factura."""
