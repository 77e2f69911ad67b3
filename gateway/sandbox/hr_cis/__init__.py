"""A local CIS: Croatia's fiscalization of cash invoices, by its protocol of 2012 (SOAP, XMLDSig).

It has its own reading of the schema, of signatures and of the ZKI; nothing is shared with the side
that it judges.
"""
