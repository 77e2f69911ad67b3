"""The wire of KSeF 2.0: invoices one by one in open sessions; verdicts are asked for."""

from gateway.channels.pl_ksef.adapter import PlKsef
from gateway.channels.pl_ksef.conduct import CHANNEL, LIVE, TEST, TEST_CHANNEL

__all__ = ["CHANNEL", "LIVE", "TEST", "TEST_CHANNEL", "PlKsef"]
