"""What can go wrong on the way from a publisher into the cache.

FetchError              this source does not give the declared bytes; the next one is tried
    TransferError       it might, if asked again: no answer, 5xx, cut off
StoreError              the cache cannot be written; nothing else is tried
"""


class FetchError(Exception):
    """A source cannot be used; the message says why, for people."""


class TransferError(FetchError):
    """The transfer failed in a way that another attempt may mend."""


class UnreachableError(FetchError):
    """No connection to a host, or none that is to be trusted, in as many attempts as allowed."""


class StoreError(Exception):
    """The cache cannot be written: no space, no permission, or another sync holds it."""
