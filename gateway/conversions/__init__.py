"""Documents in, documents out: convert, inspect, render, compare. Nothing is stored."""
