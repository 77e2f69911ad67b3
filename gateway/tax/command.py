"""`gateway tax explain`: the facts of a sale in, the decisions and their reasons out."""

import json
import sys
from pathlib import Path
from typing import Any

from gateway.kit.console import fail, out
from gateway.problems import Problem, RequestInvalidProblem
from gateway.tax.service import answer
from gateway.tax.views import UNDECIDED

DONE, MISSING, WRONG = 0, 1, 2
"""Exit codes: every line is decided; some fact is missing; the facts could not be read."""


def run(file: str, *, as_json: bool) -> int:
    """Determine the VAT of the sale in a file and print it; return the exit code.

    Args:
        file: The body of `POST /v1/tax/determine`; `-` is standard input.
        as_json: Print the answer of that call instead of a text.
    """
    try:
        content = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        fail(f"{file} cannot be read: {error.strerror}", WRONG)
    try:
        found = answer(content)
    except RequestInvalidProblem as problem:
        fail(
            "; ".join(f"{one['pointer'] or '/'} {one['message']}" for one in problem.errors), WRONG
        )
    except Problem as problem:
        fail(problem.detail, WRONG)
    if as_json:
        out.file.write(json.dumps(found, ensure_ascii=False, indent=2) + "\n")
    else:
        for number, line in enumerate(found["lines"], 1):
            _print(number, line)
    undecided = any(line["category"] == UNDECIDED for line in found["lines"])
    return MISSING if undecided else DONE


def _print(number: int, line: dict[str, Any]) -> None:
    result = " ".join(_words(line))
    out.print(f"{number}. {result}")
    if line["note"]:
        out.print(f"   {line['note']}")
    for source in line["sources"]:
        out.print(
            f"   {source['rule']}: {source['says']} [{source['title']}, {source['confidence']}]"
        )
    for fact in line["assumed"]:
        out.print(f"   taken for granted: {fact}")
    for change in line["would_change"]:
        out.print(f"   if {change['fact']} were {change['value']}: {' '.join(_words(change))}")


def _words(result: dict[str, Any]) -> list[str]:
    rate = [] if result["rate"] is None else [f"{result['rate']} %"]
    where = [] if result["tax_country"] is None else [f"of {result['tax_country']}"]
    reason = [] if result["vatex"] is None else [f"({result['vatex']})"]
    return [result["category"], *rate, *where, *reason]
