"""Where commands print: results to standard output, remarks and errors to standard error."""

import sys
from typing import NoReturn

from rich.console import Console

out = Console(highlight=False, soft_wrap=True)
if not out.is_terminal:  # a file or a pipe has no width; tables should not be squeezed into 80
    out.width = 132
err = Console(stderr=True, highlight=False, soft_wrap=True)


def fail(message: str, code: int = 1) -> NoReturn:
    """Say what went wrong and end with a code other than zero."""
    err.print(f"[bold red]{message}[/]" if err.is_terminal else message, markup=err.is_terminal)
    sys.exit(code)
