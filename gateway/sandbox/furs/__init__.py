"""A local FURS: verification of cash invoices, by its protocol of 2015 (JSON and JWS over TLS).

It has its own reading of the schema, of signatures and of the ZOI; nothing is shared with the side
that it judges.
"""
