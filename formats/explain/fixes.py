"""What a patch does, in words: whoever follows the words and whoever applies it do the same."""

import json
from collections.abc import Iterator, Mapping, Sequence

from formats.explain.catalogue import fix_words
from formats.findings import Finding

_SHOWN = 4
"""Changes that are said in words; more of them are read in the patch."""


def said(finding: Finding, language: str) -> str | None:
    """Return the fix of a finding that has a patch: what the patch does.

    The rule's own words stay where they say the same: one change, at the finding's place.

    Args:
        finding: With the pointer and the patch of the same JSON.
        language: One of `LANGUAGES`.
    """
    changes = [operation for operation in finding.patch if operation["op"] != "test"]
    if not changes:
        return finding.fix
    if len(changes) == 1 and changes[0]["path"] == finding.pointer and _says(finding, changes[0]):
        return finding.fix
    return _sentence(_parts(changes, finding.pointer, language))


def _says(finding: Finding, change: Mapping[str, object]) -> bool:
    return change["op"] in {"add", "replace"} and _value(change) in (finding.fix or "").split(" ")


def _parts(
    changes: Sequence[Mapping[str, object]], pointer: str | None, language: str
) -> Iterator[str]:
    for change in changes[:_SHOWN]:
        path = str(change["path"])
        if change["op"] == "remove":
            yield fix_words("remove", language, path)
        elif change["op"] == "move":
            yield fix_words("rename", language, str(change["from"]), path)
        elif len(changes) == 1 and path == pointer:
            yield fix_words("write_here", language, _value(change))
        else:
            yield fix_words("write", language, _value(change), path)
    if len(changes) > _SHOWN:
        yield fix_words("more", language, str(len(changes) - _SHOWN))


def _value(change: Mapping[str, object]) -> str:
    value = change["value"]
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def _sentence(parts: Iterator[str]) -> str:
    text = "; ".join(parts)
    return f"{text[:1].upper()}{text[1:]}."
