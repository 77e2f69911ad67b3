"""The command line: `gateway serve`, `worker`, `demo`, `validate`, `convert`, `verify`, ..."""

from gateway.cli.application import main

__all__ = ["main"]
