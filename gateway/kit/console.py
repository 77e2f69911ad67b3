"""Where commands print: results to standard output, remarks and errors to standard error.

Text is printed as it is: in rich's markup `pip install 'einvoice-gateway[x]'` would lose its
brackets, and with emoji codes `peppol:X:` would lose its X. What is to have a colour is a
`rich.text.Text`.
"""

import sys
from typing import NoReturn

from rich.console import Console

out = Console(highlight=False, soft_wrap=True, markup=False, emoji=False)
if not out.is_terminal:  # a file or a pipe has no width; tables should not be squeezed into 80
    out.width = 132
err = Console(stderr=True, highlight=False, soft_wrap=True, markup=False, emoji=False)


def fail(message: str, code: int = 1) -> NoReturn:
    """Say what went wrong and end with a code other than zero."""
    err.print(message, style="bold red")
    sys.exit(code)
