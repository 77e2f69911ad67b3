"""Deadlines of transmissions: durable, with alerts at 50, 80 and 100 %, and odd silence."""
