"""Factur-X and ZUGFeRD 2: an invoice people read, with the CII document inside it."""
