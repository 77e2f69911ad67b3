"""A local VIES, and HMRC's check beside it: both protocols, the official test numbers, outages.

Built from the published interfaces alone; it shares no code with the client in `gateway/vies`.
"""
