"""One process that judges documents, each in a child of its own: what it cost and what it touched.

    python -m tests.hostile.measuring HOME SCHEMAS ALLOWED... < pickled {name: (entry, content)}

A child inherits everything that is loaded; its share of the processor, and the memory it took
beyond what was there already, are what the document cost. An audit hook notes every file that is
opened outside the allowed folders, and every address that is asked for.
"""

import json
import os
import pickle
import resource
import sys
import time
import traceback
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from tests.pace import pace

DAY = date(2026, 11, 20)
_LONG = 0.1
"""Seconds of the processor from which on a document is looked at again."""

_WATCHED = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "urllib.")

touched: list[str] = []


def _watch(allowed: tuple[str, ...]) -> None:
    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open" and isinstance(arguments[0], str | bytes):
            path = os.fsdecode(arguments[0])
            if not os.path.realpath(path).startswith(allowed):
                touched.append(f"open {path}")
        elif event.startswith(_WATCHED):
            touched.append(f"{event} {arguments!r}"[:200])

    sys.addaudithook(hook)


def _entries(home: Path, schemas: Path) -> dict[str, Callable[[bytes], str]]:
    from formats.conversion import read  # noqa: PLC0415 - after the hook
    from formats.xml import UnreadableDocumentError  # noqa: PLC0415
    from gateway.compliance.validation import Validator  # noqa: PLC0415
    from gateway.place import Place  # noqa: PLC0415
    from gateway.validations.judged import Asked  # noqa: PLC0415
    from gateway.validations.service import judge  # noqa: PLC0415

    place = Place.of({"GATEWAY_DATA": str(home), "GATEWAY_SCHEMAS_DIR": str(schemas)})
    validator = Validator.open(place)

    def judging(*rules: str) -> Callable[[bytes], str]:
        def entry(content: bytes) -> str:
            judged = judge(content, Asked(DAY, rules=rules), validator)
            if judged.valid:
                return "valid"
            crashed = [each for each in judged.report.layers if each.outcome == "crashed"]
            if crashed:
                return f"crashed {crashed[0].id}: {crashed[0].reason}"
            named = [each.rule for each in judged.report.findings]
            named += [each.reason or "" for each in judged.report.layers if not each.ran]
            return f"refused {named[0]}" if named and named[0] else "refused without a reason"

        return entry

    def reading(content: bytes) -> str:
        try:
            read(content)
        except UnreadableDocumentError as error:
            return f"refused {error.code}"
        return "read"

    return {
        "validate": judging(),
        "rules": judging("eu.cen.en16931:ubl", "eu.peppol.bis3:invoice", "eu.cen.en16931:cii"),
        "read": reading,
    }


def _child(entry: Callable[[bytes], str], content: bytes) -> dict[str, Any]:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    touched.clear()
    started = time.process_time()
    try:
        said = entry(content)
    except BaseException:  # noqa: BLE001 - that is what is looked for
        said = f"traceback {traceback.format_exc()[-700:]}"
    spent = time.process_time() - started
    more = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    return {"said": said, "seconds": spent, "bytes": more * 1024, "touched": sorted(set(touched))}


def _apart(entry: Callable[[bytes], str], content: bytes) -> dict[str, Any]:
    """Judge a document in a child; whatever becomes of the child, the others have their turn."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        with os.fdopen(writer, "w") as answer:
            json.dump(_child(entry, content), answer)
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as answer:
        text = answer.read()
    os.waitpid(child, 0)
    return json.loads(text) if text else {"said": "died", "seconds": 0, "bytes": 0, "touched": []}


def _measured(entry: Callable[[bytes], str], content: bytes) -> dict[str, Any]:
    """Judge a document; again where it took long, for somebody else may have kept us waiting."""
    row = _apart(entry, content)
    for _ in range(3):
        if row["seconds"] < _LONG:
            break
        slowness = pace()
        again = _apart(entry, content)
        row["seconds"] = min(row["seconds"], again["seconds"] / slowness)
    return row


def main() -> None:
    home, schemas, *allowed = sys.argv[1:]
    _watch(tuple(map(os.path.realpath, (home, schemas, sys.prefix, sys.base_prefix, *allowed))))
    entries = _entries(Path(home), Path(schemas))
    warm, documents = pickle.load(sys.stdin.buffer)  # noqa: S301 - the test's own
    for content in warm:  # loads schemas, rules and modules before any child is made
        for entry in entries.values():
            entry(content)
    for name, content in documents:
        for label, entry in entries.items():
            row = {"name": name, "entry": label, "size": len(content), **_measured(entry, content)}
            sys.stdout.write(f"{json.dumps(row)}\n")


if __name__ == "__main__":
    main()
