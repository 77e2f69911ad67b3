"""Whether `events.json` fits what else the bundle holds: document, evidence, status and stamps.

An event is the exporter's word. What it names must be there, and as it says; and the order of
things must be one that can be.
"""

import datetime
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from .canonical import MalformedError
from .pointers import member_at
from .stating import public_name, shown

_CLOCKS = datetime.timedelta(minutes=1)
"""By so much clocks of an installation's machines may differ, with some to spare."""
_SLOW = datetime.timedelta(hours=1)
"""No change takes as long from its moment until it has its place among the others."""
_YEARS = range(1900, 9000)
"""No event is of another year, and there is room around them to reckon with."""
_OF_ISSUE = frozenset({"input", "validation-report", "tax-decision", "rendition", "vat-check"})
"""Roles of evidence that prove nothing of a transmission."""
_ANSWERS = frozenset({"receipt", "signal"})
"""Roles of what others said: it is archived with the event that tells of it."""
_NOTHING_YET = frozenset({"none", "not_applicable", "pending", "created"})
_TAKES_BACK = ("decided", "stands")
"""Members of what makes void what was said before."""
_FINALIZED, _STAMPED, _TRANSMISSION = ".finalized", "document.stamped", "transmission."
_COPIED = {"number": "number", "profile": "profile", "sha256": "content_sha256"}
"""What the event of the issue says of the document, and where `document.json` does."""


_Event = tuple[Mapping[str, object], datetime.datetime]
"""An event with its time."""


class Happenings(NamedTuple):
    """What was found.

    Attributes:
        wrong: What is wrong with the events.
        unproven: Members of `document.json` that no event bears out.
        unchecked: What could not be judged, in words that are the same for all documents.
    """

    wrong: list[str]
    unproven: list[str]
    unchecked: list[str]


def judged_events(
    events: Sequence[object],
    document: Mapping[str, object],
    leaves: Sequence[Mapping[str, object]],
    exported: object = None,
) -> Happenings:
    """Judge the events of a document.

    Args:
        events: `events.json`.
        document: `document.json`.
        leaves: What the log says of the files of its evidence.
        exported: When the bundle was made; None: that is not known.

    Raises:
        MalformedError: An event has no type or no time, or the document no time.
    """
    found = Happenings([], [], [])
    told = [_read_event(place, one) for place, one in enumerate(events)]
    begun = document.get("issued_at") or document.get("received_at")
    start = None if begun is None else _instant(begun, "the document")
    _check_order(told, start, found)
    proofs = {public_name("arc", leaf.get("entry")): leaf for leaf in leaves}
    settled = _settled(exported, leaves)
    for place, (event, at) in enumerate(told):
        _check_proof(place, event, at, proofs, found)
        if str(event["type"]).endswith(_FINALIZED):
            _check_issue(place, event, at, start, document, found)
    if document.get("issued_at") is not None:
        happened = [event for event, _ in told]
        if not any(str(event["type"]).endswith(_FINALIZED) for event in happened):
            found.unchecked.append("no event tells of the issue")
        _check_silence(told, proofs, settled, found)
        _check_stamps(happened, document, found)
        _check_status(happened, document, found)
    return found


def _check_order(
    told: Sequence[_Event], start: datetime.datetime | None, found: Happenings
) -> None:
    """See that times go on, and that nothing was sent before there was a document."""
    latest: datetime.datetime | None = None
    for place, (event, at) in enumerate(told):
        if latest is not None and at < latest - _SLOW:
            said = shown(event["at"])
            found.wrong.append(f"/{place}/at is {said}, before the events in front of it")
        latest = at if latest is None else max(latest, at)
        if event.get("transmission_id") and start is not None and at < start - _CLOCKS:
            found.wrong.append(f"/{place}/at is {shown(event['at'])}, before the document's issue")


def _read_event(place: int, event: object) -> _Event:
    if not isinstance(event, dict) or not isinstance(event.get("type"), str):
        raise MalformedError(f"/{place}: an event has a type and a time")
    return event, _instant(event.get("at"), f"/{place}")


def _instant(text: object, where: str) -> datetime.datetime:
    try:
        moment = datetime.datetime.fromisoformat(str(text))
    except ValueError as error:
        raise MalformedError(f"{where}: {str(text)[:40]!a} is no time") from error
    if moment.tzinfo is None:
        raise MalformedError(f"{where}: a time without its zone")
    if moment.year not in _YEARS:
        raise MalformedError(f"{where}: no document is of the year {moment.year}")
    return moment


def _settled(exported: object, leaves: Sequence[Mapping[str, object]]) -> datetime.datetime | None:
    """Return until when each answer has its event in the bundle; None: that is not known.

    Both are written at once. An hour before the head of the log was taken they were there, and
    the head is no older than what it holds, whatever the manifest says.
    """
    if exported is None:
        return None
    made = _instant(exported, "/exported_at of the manifest")
    return max([made, *(_archived(leaf) for leaf in leaves)]) - _SLOW


def _check_proof(
    place: int,
    event: Mapping[str, object],
    at: datetime.datetime,
    proofs: Mapping[str | None, Mapping[str, object]],
    found: Happenings,
) -> None:
    """Look at the evidence that an event points at."""
    proof = event.get("evidence_id")
    if proof is None:
        return
    if not isinstance(proof, str) or proof not in proofs:
        # What proves a step may be archived after it, and after the head of this bundle; and who
        # may see a part of the documents is not shown what concerns others as well.
        found.unchecked.append("an event points at evidence that is not in the bundle")
        return
    leaf = proofs[proof]
    role = leaf.get("role")
    if str(event["type"]).startswith(_TRANSMISSION) and role in _OF_ISSUE:
        what = f"of the {role}, which proves no {shown(event['type'])}"
        found.wrong.append(f"/{place}/evidence_id is {what}")
    # Of an entity that moved, the leaves here are of the day of arrival.
    if role in _ANSWERS and "quoted" not in leaf and at < _archived(leaf) - _SLOW:
        said, archived = shown(event["at"]), shown(leaf.get("at"))
        found.wrong.append(f"/{place}/at is {said}, its evidence was archived at {archived}")


def _archived(leaf: Mapping[str, object]) -> datetime.datetime:
    return _instant(leaf.get("at"), "a leaf")


def _check_silence(
    told: Sequence[_Event],
    proofs: Mapping[str | None, Mapping[str, object]],
    settled: datetime.datetime | None,
    found: Happenings,
) -> None:
    """See that there is an event of each answer: one that names it, or one of its moment.

    An event names one file of those that were archived with it. What came after the moment of a
    bundle has no event in it, and may have evidence.
    """
    named, moments = {str(event.get("evidence_id")) for event, _ in told}, {at for _, at in told}
    for name, leaf in proofs.items():
        if leaf.get("role") not in _ANSWERS or "quoted" in leaf or name in named:
            continue
        at = _archived(leaf)
        if at in moments:
            continue
        if settled is not None and at < settled:
            found.wrong.append(
                f"the event is left out that tells of {shown(leaf.get('name'))}, "
                f"archived at {shown(leaf.get('at'))}"
            )
        else:
            found.unchecked.append("an answer is in the bundle, and no event that tells of it")


def _check_issue(  # noqa: PLR0913, PLR0917 - an event, and all it must fit
    place: int,
    event: Mapping[str, object],
    at: datetime.datetime,
    issued: datetime.datetime | None,
    document: Mapping[str, object],
    found: Happenings,
) -> None:
    if issued is not None and at != issued:
        found.wrong.append(
            f"/{place}/at is {shown(event['at'])}, "
            f"/issued_at of document.json {shown(document['issued_at'])}"
        )
    for name, other in _COPIED.items():
        said = member_at(event, f"/data/{name}")
        if said is not None and said != document.get(other):
            stated = shown(document.get(other))
            found.wrong.append(
                f"/{place}/data/{name} is {shown(said)}, /{other} of document.json {stated}"
            )


def _check_stamps(
    events: Sequence[Mapping[str, object]], document: Mapping[str, object], found: Happenings
) -> None:
    """See that each stamp was told of when it was given."""
    stamps = document.get("stamps", [])
    told = {_spelled(event.get("data")) for event in events if event["type"] == _STAMPED}
    for place, stamp in enumerate(stamps if isinstance(stamps, list) else [stamps]):
        if _spelled(stamp) not in told:
            found.unproven.append(f"/stamps/{place} is in no event of events.json")


def _check_status(
    events: Sequence[Mapping[str, object]], document: Mapping[str, object], found: Happenings
) -> None:
    """See that what authority and buyer are said to have said was told of.

    Only where no event is left out: a bundle may end at a moment before that of its status.
    """
    counted = member_at(document, "/status/events")
    sent = member_at(document, "/status/transmissions")
    if counted is None and not sent:
        return
    if counted != len(events):
        what = "states were not compared with events: the bundle has others than were counted"
        found.unchecked.append(what)
        return
    of = dict[str, list[Mapping[str, object]]]()
    for event in events:
        of.setdefault(_spelled(event.get("transmission_id")), []).append(event)
    for place, one in enumerate(sent if isinstance(sent, list) else []):
        own = of.get(_spelled(member_at(one, "/id")), [])
        for axis in ("transport", "regulatory", "business"):
            state = member_at(one, f"/{axis}")
            if state is not None:
                where = f"/status/transmissions/{place}/{axis}"
                found.unproven.extend(_untold(where, axis, str(state), own))


def _spelled(value: object) -> str:
    """Return a value as a text that equal values have in common, so that it is found at once."""
    return json.dumps(value, sort_keys=True)


def _untold(
    where: str, axis: str, state: str, events: Sequence[Mapping[str, object]]
) -> Iterator[str]:
    """Tell of a state that is in no event, and of events whose word the state leaves out."""
    said = {str(word) for one in events if (word := member_at(one, f"/data/{axis}")) is not None}
    if state not in _NOTHING_YET:
        if state not in said:
            yield f"{where} is {shown(state)}, which no event tells of"
        return
    taken_back = any(member_at(one, f"/data/{word}") for one in events for word in _TAKES_BACK)
    if said - _NOTHING_YET and not taken_back:
        words = shown(" and ".join(sorted(said - _NOTHING_YET)))
        yield f"{where} is {shown(state)}, events tell of {words}"
