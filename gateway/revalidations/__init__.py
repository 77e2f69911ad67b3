"""Time travel: archived documents judged again, by the rules of today, of their day or another."""
