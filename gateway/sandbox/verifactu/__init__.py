"""A local AEAT for VeriFactu: takes records over SOAP and mutual TLS, judges them by itself.

It knows the published rules and the AEAT's codes, and shares no code with what makes the records.
"""
