"""Transmissions: the queue, its lanes and workers, and the state on three axes."""
