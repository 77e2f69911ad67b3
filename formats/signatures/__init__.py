"""Signatures over documents: made by a `Signer`, checked into a report. Pure."""
