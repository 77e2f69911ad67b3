"""The receiving access point of the sandbox network: its own process, ledger and judgement."""
