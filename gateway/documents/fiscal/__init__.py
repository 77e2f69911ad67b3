"""What a fiscal scheme asks of a document at issue: a record, signed, chained, and queued.

A scheme is the way of one authority: `scheme.py` says what it must be able to do, each has a file
of its own, and `service.py` finds the one an entity's settings name. In the issuing transaction
the order of locks is series, chain, outbox, log head.
"""
