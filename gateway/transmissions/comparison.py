"""How two HTTP requests differ: line, headers, and body by what it is (JSON, XML, bytes). Pure.

What is secret is shown of neither: only that it differs.
"""

import hashlib
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from lxml import etree

from formats.xml import parse
from formats.xml_refusal import UnreadableDocumentError
from gateway.transmissions.secrecy import HIDDEN, is_secret, json_of

Json = dict[str, Any]

_MOST = 200  # differences shown; more say nothing more


def requests(old: tuple[bytes, bytes], new: tuple[bytes, bytes]) -> list[Json]:
    """Return how the second request differs from the first, each as head and body."""
    (old_head, old_body), (new_head, new_body) = old, new
    found = [*_heads(old_head.decode(), new_head.decode()), *bodies(old_body, new_body)]
    return found[:_MOST]


def bodies(old: bytes, new: bytes) -> Iterator[Json]:
    """Yield how two bodies differ, each difference with its place in them."""
    if old == new:
        return
    both = json_of(old), json_of(new)
    if both[0] is not None and both[1] is not None:
        yield from _or_bytes(old, new, list(_values(both[0], both[1], "", secret=False)))
        return
    try:
        roots = parse(old), parse(new)
    except UnreadableDocumentError:
        yield _bytes(old, new)
        return
    place = f"/{_name(roots[0])}"
    yield from _or_bytes(old, new, list(_elements(roots[0], roots[1], place)))


def _or_bytes(old: bytes, new: bytes, found: list[Json]) -> Iterator[Json]:
    """Yield what was found; where the content is the same, that it is written otherwise."""
    if found:
        yield from found
    else:
        yield {**_bytes(old, new), "part": "writing"}


def _bytes(old: bytes, new: bytes) -> Json:
    at = next((i for i, pair in enumerate(zip_longest(old, new)) if pair[0] != pair[1]), 0)
    return {
        "part": "body",
        "place": f"byte {at}",
        "old": f"sha256:{hashlib.sha256(old).hexdigest()}",
        "new": f"sha256:{hashlib.sha256(new).hexdigest()}",
    }


def _heads(old: str, new: str) -> Iterator[Json]:
    (old_line, *old_headers), (new_line, *new_headers) = old.split("\r\n"), new.split("\r\n")
    if old_line != new_line:
        yield {"part": "line", "place": None, "old": old_line, "new": new_line}
    before, after = _headers(old_headers), _headers(new_headers)
    for name in dict.fromkeys((*before, *after)):
        was, now = before.get(name), after.get(name)
        if was != now:
            hide = is_secret(name)
            yield {
                "part": "header",
                "place": name,
                "old": HIDDEN if hide and was is not None else was,
                "new": HIDDEN if hide and now is not None else now,
            }


def _headers(lines: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in lines:
        name, _, value = line.partition(": ")
        name = name.lower()
        found[name] = f"{found[name]}, {value}" if name in found else value
    return found


def _values(old: Any, new: Any, place: str, *, secret: bool) -> Iterator[Json]:  # noqa: ANN401 - JSON
    if isinstance(old, dict) and isinstance(new, dict):
        for name in dict.fromkeys((*old, *new)):
            step = name.replace("~", "~0").replace("/", "~1")
            hide = secret or is_secret(name)
            yield from _values(
                old.get(name, _ABSENT), new.get(name, _ABSENT), f"{place}/{step}", secret=hide
            )
    elif isinstance(old, list) and isinstance(new, list):
        for number, (one, other) in enumerate(zip_longest(old, new, fillvalue=_ABSENT)):
            yield from _values(one, other, f"{place}/{number}", secret=secret)
    elif old != new or type(old) is not type(new):
        yield _said(place, old, new, secret=secret)


class _Absent:
    """What is not there; JSON's null is."""


_ABSENT = _Absent()


def _said(place: str, old: object, new: object, *, secret: bool) -> Json:
    pair = [None if one is _ABSENT else HIDDEN if secret else one for one in (old, new)]
    return {"part": "body", "place": place, "old": pair[0], "new": pair[1]}


def _elements(old: etree._Element, new: etree._Element, place: str) -> Iterator[Json]:
    hide = is_secret(_name(old))
    if old.tag != new.tag:
        yield _said(place, _name(old), _name(new), secret=False)
        return
    for name in dict.fromkeys((*old.attrib, *new.attrib)):
        was, now = old.get(name), new.get(name)
        if was != now:
            yield _said(f"{place}/@{name}", was, now, secret=hide or is_secret(str(name)))
    was, now = (old.text or "").strip(), (new.text or "").strip()
    if was != now:
        yield _said(place, was, now, secret=hide)
    counts: dict[str, int] = {}
    for one, other in zip_longest(old.iterchildren("{*}*"), new.iterchildren("{*}*")):
        name = _name(one if one is not None else other)
        counts[name] = counts.get(name, 0) + 1
        below = f"{place}/{name}[{counts[name]}]"
        if one is None or other is None:
            pair = [None if element is None else _name(element) for element in (one, other)]
            yield _said(below, *pair, secret=False)
        else:
            yield from _elements(one, other, below)


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname
