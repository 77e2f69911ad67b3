"""The report of a revalidation, written while the documents pass: JSON, and a table as CSV.

It holds no moment: the same documents, days and rules give the same bytes.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import IO, Any

from gateway.sheets.writing import DelimitedSheet

Json = dict[str, Any]

COLUMNS = (
    *("id", "entity_id", "direction", "kind", "number", "issue_date", "sha256", "log_index"),
    *("day_then", "verdict_then", "day_now", "verdict_now", "by_stand_ins", "changed", "problem"),
    *("appeared", "gone", "not_asked_again", "artefacts_then", "artefacts_now", "standing_in"),
    "not_judged",
)


class Writing:
    """A report being written.

    Args:
        report: Where the JSON goes.
        table: Where the CSV goes.
        head: What was asked for, and by what it was judged.
    """

    def __init__(self, report: IO[bytes], table: IO[bytes], head: Mapping[str, Any]) -> None:
        self._report = report
        self._sheet = DelimitedSheet(table, COLUMNS)
        self._verdicts: Counter[tuple[str, str]] = Counter()
        self._rules: dict[str, Counter[str]] = {"appeared": Counter(), "gone": Counter()}
        self._problems: Counter[str] = Counter()
        self._layers: set[str] = set()
        self._changed = 0
        self._first = True
        opening = json.dumps(
            {"object": "revalidation_report", **head}, ensure_ascii=False, indent=1
        )
        self._write(opening.removesuffix("\n}") + ',\n "documents": [')

    def add(self, document: Json) -> None:
        """Add what came of a document."""
        then, now = document["then"], document["now"]
        verdicts = tuple("none" if each is None else each["verdict"] for each in (then, now))
        self._verdicts[verdicts[0], verdicts[1]] += 1
        self._changed += document["changed"]
        if document["problem"] is not None:
            self._problems[document["problem"]] += 1
        if now is not None:
            self._layers.update(each["id"] for each in (*now["judged_by"], *now["not_judged"]))
        for name, counted in self._rules.items():
            counted.update({each["rule"] for each in document[name]})
        text = json.dumps(document, ensure_ascii=False)
        self._write(("\n  " if self._first else ",\n  ") + text)
        self._first = False
        self._sheet.add(_row(document))

    def close(self, versions: Callable[[Iterable[str]], list[Json]]) -> Json:
        """Write the end, and return the summary that it holds.

        Args:
            versions: Returns the versions that are known of what judged.
        """
        summary = {
            "documents": self._verdicts.total(),
            "changed": self._changed,
            "verdicts": [
                {"then": then, "now": now, "documents": number}
                for (then, now), number in sorted(self._verdicts.items())
            ],
            "problems": dict(sorted(self._problems.items())),
            **{name: dict(sorted(counted.items())) for name, counted in self._rules.items()},
        }
        closing = {"rules": versions(self._layers), "summary": summary}
        tail = json.dumps(closing, ensure_ascii=False, indent=1)
        self._write(f"\n ],{tail.removeprefix('{')}\n")
        self._sheet.close()
        return summary

    def _write(self, text: str) -> None:
        self._report.write(text.encode())


def _row(document: Json) -> Sequence[str | None]:
    then, now = document["then"] or {}, document["now"] or {}
    values: Json = {
        **{name: document[name] for name in COLUMNS if name in document},
        "log_index": None if document["log_index"] is None else str(document["log_index"]),
        "day_then": then.get("day"),
        "verdict_then": then.get("verdict"),
        "artefacts_then": _joined(then.get("judged_by", ()), "id"),
        "day_now": now.get("day"),
        "verdict_now": now.get("verdict"),
        "by_stand_ins": now.get("by_stand_ins"),
        "artefacts_now": _joined(now.get("judged_by", ()), "id"),
        "standing_in": _joined(now.get("standing_in", ()), "id"),
        "not_judged": _joined(now.get("not_judged", ()), "id"),
        "changed": "yes" if document["changed"] else "no",
        **{
            name: _joined(document[name], "rule")
            for name in ("appeared", "gone", "not_asked_again")
        },
    }
    return [values[name] for name in COLUMNS]


def _joined(listed: Sequence[Json], name: str) -> str:
    return " ".join(dict.fromkeys(each[name] for each in listed))
