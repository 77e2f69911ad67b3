"""VAT numbers, checked with those who give them out: VIES over SOAP, and HMRC for Great Britain.

Three results: valid, invalid, unknown. An outage is unknown, never invalid.
"""
