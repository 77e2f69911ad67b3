"""What every local authority shares, so that a new one is little more than its protocol.

Keys and certificates, the ledger, the fault plane, the control plane, the clock, the record of
traffic, the report of exercised rules, the pages, and the HTTP and TLS in front of it all.
"""
