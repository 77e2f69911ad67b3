"""`gateway verifactu`: what Spanish law wants of a billing program, asked of a running gateway."""

import json
from pathlib import Path

import httpx2

from gateway.cli.remote import refused
from gateway.kit.console import err, out

_HERE = "/v1/verifactu"


def declaration(http: httpx2.Client, pdf: Path | None, *, as_json: bool) -> int:
    """Print the declaration, and write its page; return the exit code."""
    answer = http.get(f"{_HERE}/declaration")
    if not answer.is_success:
        return refused(answer)
    told = answer.json()
    if as_json:
        out.print_json(json.dumps(told))
    else:
        for one in told["points"]:
            out.print(f"{one['letter']}) {one['about']}: {one['text'] or '-'}", markup=False)
    if pdf is not None:
        page = http.get(f"{_HERE}/declaration/pdf")
        if not page.is_success:
            return refused(page)
        pdf.write_bytes(page.content)
    if told["missing"]:
        err.print(f"not said yet (settings.fiscalization): {', '.join(told['missing'])}")
    return 0 if told["complete"] else 1
