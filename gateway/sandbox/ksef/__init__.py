"""The local KSeF 2.0: it answers by the published OpenAPI, and decides by the published rules.

It stands in for the ministry's test environment (TE): certificates of one's own making are
taken, `/testdata` is open to all, and limits are ten times those of production until a test says
otherwise.
It shares no code with the client: its own XML, cryptography, numbers and seal.
"""
