"""VeriFactu (Spain): records of invoices and events, and what is said about them over the wire.

Syntax alone, both ways. What a record must say is in `countries/es`, who carries it in
`gateway/channels`.
"""
