"""Whether `document.json` says what the document says, and what its leaf in the log says."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from .markup import UnreadContentError
from .national import numeral
from .pointers import (
    BUYER_VAT,
    CURRENCY,
    EVERY_POINTER,
    ISSUE_DATE,
    KIND,
    NUMBER,
    PARTIES,
    SELLER_VAT,
    TOTALS,
    member_at,
)
from .terms import Terms, terms_of

_NUMBERS = frozenset({SELLER_VAT, BUYER_VAT})
_RECEIVED = "received_document"
_CREDITS = frozenset({"credit_note", "self_billed_credit_note"})
_CREDIT_CODES = frozenset(
    {"81", "83", "261", "262", "296", "308", "381", "396", "420", "458", "502", "503", "532"}
)
"""Types (UNTDID 1001) that EN 16931 takes for credit notes."""
_NEWER = (CURRENCY, *TOTALS, *PARTIES)
_OLDEST = frozenset({NUMBER, ISSUE_DATE})
"""What bundles stated later, and from the beginning."""
_SHOWN, _MOST_SAID = 200, 100
"""Characters, and values of one member, that are looked at."""
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_ID_LENGTH = 26
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(slots=True)
class Comparison:
    """What was found by comparing.

    Attributes:
        differences: What differs, each with its member as a JSON pointer.
        unchecked: What could not be compared, in words that are the same for all documents.
    """

    differences: list[str] = field(default_factory=list)
    unchecked: list[str] = field(default_factory=list)


def judged_statement(
    document: Mapping[str, object], content: bytes, leaf: Mapping[str, object]
) -> Comparison:
    """Compare what is stated of a document with the document.

    Args:
        document: `document.json`.
        content: The bytes that were issued, or that came.
        leaf: Their leaf in the log.
    """
    found = Comparison()
    found.differences += _by_leaf(document, leaf)
    found.differences += _within(document)
    try:
        terms = terms_of(content)
    except UnreadContentError as error:
        found.unchecked.append(f"what is stated was not compared with the document: {error}")
        return found
    if terms is None:
        what = "what is stated was not compared with the document: its format is not known here"
        found.unchecked.append(what)
        return found
    _by_content(document, terms, found)
    return found


def public_name(prefix: str, identifier: object) -> str | None:
    """Return an id as bundles write it, of a UUID as text; None for anything else."""
    digits = identifier.replace("-", "") if isinstance(identifier, str) else ""
    if not re.fullmatch(r"[0-9a-f]{32}", digits):
        return None
    number, letters = int(digits, 16), ""
    for _ in range(_ID_LENGTH):
        number, place = divmod(number, len(_ALPHABET))
        letters = _ALPHABET[place] + letters
    return f"{prefix}_{letters}"


def _by_leaf(document: Mapping[str, object], leaf: Mapping[str, object]) -> Iterator[str]:
    dated, owner = leaf.get("issue_date"), member_at(document, "/entity/id")
    if dated is not None and document.get("issue_date") != dated:
        yield _what(ISSUE_DATE, document.get("issue_date"), "its leaf in the log", (str(dated),))
    entity = public_name("ent", leaf.get("entity"))
    if owner is not None and owner != entity:
        yield _what("/entity/id", owner, "its leaf in the log", (str(entity),))
    issued, logged = document.get("issued_at"), leaf.get("at")
    if issued is None:
        differs = leaf.get("role") == "document"
    else:
        differs = "quoted" not in leaf and issued != logged
    if differs:
        yield _what("/issued_at", issued, "its leaf in the log", (str(logged),))


def _within(document: Mapping[str, object]) -> Iterator[str]:
    """Compare what `document.json` says twice."""
    for pointer, other in (("/status/number", NUMBER), ("/status/id", "/id")):
        said = member_at(document, pointer)
        if said is not None and said != member_at(document, other):
            yield f"{pointer} is {shown(said)}, {other} {shown(member_at(document, other))}"


def _by_content(document: Mapping[str, object], terms: Terms, found: Comparison) -> None:
    kind, received = document.get("kind"), document.get("kind") == _RECEIVED
    newer = any(_stated(document, one) for one in _NEWER)
    if not received:
        if not newer:
            found.unchecked.append("currency, totals and parties are not stated")
        if terms.type_code is not None and not _fits(kind, terms.type_code):
            found.differences.append(_what(KIND, kind, "the document", (terms.type_code,)))
    for pointer in EVERY_POINTER:
        said = terms.said.get(pointer, ())
        if _stated(document, pointer):
            if not (pointer == KIND and (received or not said)):  # few formats say it
                _compare_member(pointer, document, terms, found)
        elif said and not received and (newer or pointer in _OLDEST):
            if pointer in _NUMBERS:  # it may be for another tax
                what = f"{pointer} is not stated, and something is found of it there"
                found.unchecked.append(what)
            else:
                found.differences.append(_what(pointer, None, "the document", said))


def _compare_member(
    pointer: str, document: Mapping[str, object], terms: Terms, found: Comparison
) -> None:
    """Compare a member that is stated."""
    said = terms.said.get(pointer, ())[:_MOST_SAID]
    if not said:
        found.unchecked.append(f"{pointer} is stated, and nothing is found of it there")
    elif not any(_same(pointer, document, terms, one) for one in said):
        stated = member_at(document, pointer)
        found.differences.append(_what(pointer, stated, "the document", said))
    elif len(set(said)) > 1:
        found.unchecked.append(f"{pointer} stands there several times, and once as stated")


def _stated(document: Mapping[str, object], pointer: str) -> bool:
    return member_at(document, pointer) is not None


def _fits(kind: object, type_code: str) -> bool:
    """Tell whether a document of a type (BT-3) may be called so."""
    return (type_code in _CREDIT_CODES) is (str(kind) in _CREDITS)


def _same(pointer: str, document: Mapping[str, object], terms: Terms, said: str) -> bool:
    """Tell whether a document says what is stated, written as its format has it."""
    stated = str(member_at(document, pointer))
    if pointer in TOTALS:
        negated = terms.negative_credits and str(document.get("kind")) in _CREDITS
        one, other = numeral(stated.strip()), numeral(said.strip())
        if one is None or other is None:
            return stated.strip() == said.strip()
        return one == (other.copy_negate() if negated else other)
    if pointer == ISSUE_DATE:
        return _ISO_DAY.fullmatch(stated) is not None and _digits(stated) == _digits(said)
    if pointer in _NUMBERS:
        stated, said = _compact(stated), _compact(said)
    whole, there = " ".join(stated.split()), " ".join(said.split())
    most = terms.cut.get(pointer)
    if most is not None and len(said.strip()) >= most:
        return whole.startswith(there)
    return whole == there


def _digits(text: str) -> str:
    """Return the digits of a day, which some formats write without anything between."""
    return re.sub(r"[^0-9]", "", text)[:8]


def _compact(text: str) -> str:
    return "".join(text.split()).upper()


def _what(pointer: str, stated: object, where: str, said: tuple[str, ...]) -> str:
    return f"{pointer} is {shown(stated)}, {where} says {shown(' or '.join(said))}"


def shown(value: object) -> str:
    """Return a value as it can be shown in a line: documents may be made to say anything."""
    text = "not stated" if value is None else ascii(str(value))[1:-1]
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
