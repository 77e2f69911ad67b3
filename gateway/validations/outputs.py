"""The forms a report is printed in, one file at a time."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from gateway.validations import table
from gateway.validations.judged import Judged
from gateway.validations.views import report_json


@dataclass(frozen=True, slots=True)
class Form:
    """How reports are printed.

    Attributes:
        of: The text of one file's report.
        head: What stands before all of them, given how many there will be.
        tail: What stands after them.
    """

    of: Callable[[str, Judged], str]
    head: Callable[[int], str] = lambda _count: ""
    tail: Callable[[int], str] = lambda _count: ""


def _jsonl(name: str, judged: Judged) -> str:
    return json.dumps({"file": name, **report_json(judged)}, ensure_ascii=False) + "\n"


def _table(name: str, judged: Judged) -> str:
    return "".join(f"{line}\n" for line in table.lines(name, judged))


def _svrl() -> Form:
    from gateway.validations import svrl  # noqa: PLC0415 - seldom asked for

    return Form(
        svrl.schematron_output,
        lambda count: svrl.HEAD + ("" if count == 1 else "<reports>\n"),
        lambda count: "" if count == 1 else "</reports>\n",
    )


def _html() -> Form:
    from gateway.validations import page  # noqa: PLC0415 - seldom asked for

    return Form(page.section, lambda _: page.HEAD, lambda _: page.TAIL)


FORMS: Mapping[str, Callable[[], Form]] = {
    "table": lambda: Form(_table),
    "jsonl": lambda: Form(_jsonl),
    "svrl": _svrl,
    "html": _html,
}
"""By the value of `--output`."""
