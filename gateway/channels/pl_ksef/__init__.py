"""The wire of KSeF 2.0: invoices go one by one, or in batches; verdicts are asked for."""

from gateway.channels.pl_ksef.adapter import PlKsef
from gateway.channels.pl_ksef.conduct import CHANNEL, LIVE, TEST, TEST_CHANNEL

__all__ = ["CHANNEL", "LIVE", "TEST", "TEST_CHANNEL", "PlKsef"]
