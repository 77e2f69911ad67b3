"""Whether events fit what the log proves: evidence, its times, and what `document.json` says."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from gateway.archive.verify.canonical import MalformedError
from gateway.archive.verify.happenings import Happenings, judged_events
from gateway.kit.ids import public_id

Json = dict[str, Any]
DIGEST = "ab" * 32
FILES = ("document", "input", "rendition", "fiscal-record", "request", "receipt", "signal")
SENT = "trn_01m83501wreestvqknvsqyad6k"
ISSUED, ARCHIVED, LAST = (f"2026-11-21T12:0{minute}:00.000000Z" for minute in range(3))
SOON, LATER = "2026-11-21T13:02:00Z", "2026-11-21T13:02:01Z"
"""Moments of export: what was last may still be on its way; all of it must be there."""


def proof(role: str) -> str:
    return public_id("arc", UUID(int=FILES.index(role)))


def leaf(role: str, at: str) -> Json:
    return {
        "entry": str(UUID(int=FILES.index(role))),
        "role": role,
        "name": f"{role}.json",
        "at": at,
    }


class Case:
    """An invoice that was issued, stamped, sent, accepted by the authority and paid."""

    def __init__(self) -> None:
        self.stamp: Json = {"authority": "sandbox-authority", "identifier": "7", "qr": None}
        self.leaves = [leaf(role, ISSUED) for role in FILES[:4]]
        self.leaves += [leaf(role, ARCHIVED) for role in FILES[4:6]]
        self.leaves += [leaf("signal", LAST)]
        copied = {"number": "R-1", "profile": "peppol-bis-3", "sha256": DIGEST}
        self.events = [
            self.event("invoice.created", "2026-11-20T08:00:00Z", {}),
            self.event("invoice.finalized", ISSUED, copied),
            self.event("document.stamped", ISSUED, self.stamp, "fiscal-record"),
            self.event("transmission.queued", ISSUED, {"transport": "queued"}),
            self.event("transmission.submitting", ISSUED, {"transport": "submitting"}, "request"),
            self.event("transmission.submitted", ARCHIVED, {"transport": "submitted"}, "receipt"),
            self.event(
                "transmission.verdict",
                LAST,
                {"transport": "delivered", "regulatory": "accepted", "business": "paid"},
                "signal",
            ),
        ]
        self.sent: Json = {
            "id": SENT,
            "transport": "delivered",
            "regulatory": "accepted",
            "business": "paid",
        }
        self.document: Json = {
            "number": "R-1",
            "profile": "peppol-bis-3",
            "content_sha256": DIGEST,
            "issued_at": ISSUED,
            "stamps": [self.stamp],
            "status": {"events": 7, "transmissions": [self.sent]},
        }

    @staticmethod
    def event(kind: str, at: str, data: Json, role: str | None = None) -> Json:
        return {
            "type": kind,
            "at": at,
            "transmission_id": SENT if kind.startswith("transmission") else None,
            "evidence_id": role and proof(role),
            "data": data,
        }

    def judged(self, exported: str | None = None) -> Happenings:
        return judged_events(self.events, self.document, self.leaves, exported)


def test_what_fits_is_not_blamed() -> None:
    assert Case().judged() == ([], [], [])


WRONG: dict[str, tuple[Callable[[Case], object], str]] = {
    "issued at another moment": (
        lambda case: case.events[1].update(at="2026-11-21T11:59:59Z"),
        "/1/at is 2026-11-21T11:59:59Z, /issued_at of document.json 2026-11-21T12:00:00.000000Z",
    ),
    "another number": (
        lambda case: case.events[1]["data"].update(number="R-2"),
        "/1/data/number is R-2, /number of document.json R-1",
    ),
    "another profile": (
        lambda case: case.events[1]["data"].update(profile="x"),
        "/1/data/profile is x, /profile of document.json peppol-bis-3",
    ),
    "another digest": (
        lambda case: case.events[1]["data"].update(sha256="00"),
        f"/1/data/sha256 is 00, /content_sha256 of document.json {DIGEST}",
    ),
    "back-dated": (
        lambda case: case.events[6].update(at="2026-11-21T11:01:00Z"),
        "/6/at is 2026-11-21T11:01:00Z, its evidence was archived at 2026-11-21T12:02:00.000000Z",
    ),
    "sent before it was issued": (
        lambda case: case.events[3].update(at="2026-11-21T11:58:59Z"),
        "/3/at is 2026-11-21T11:58:59Z, before the document's issue",
    ),
    "another order": (
        lambda case: case.events[2].update(at="2026-11-21T10:59:59Z"),
        "/2/at is 2026-11-21T10:59:59Z, before the events in front of it",
    ),
    "evidence of something else": (
        lambda case: case.events[6].update(evidence_id=proof("input")),
        "/6/evidence_id is of the input, which proves no transmission.verdict",
    ),
}


@pytest.mark.parametrize("lie", WRONG)
def test_an_event_that_cannot_be_is_named(lie: str) -> None:
    case = Case()
    change, named = WRONG[lie]
    change(case)
    assert named in case.judged().wrong


UNPROVEN: dict[str, tuple[Callable[[Case], object], str]] = {
    "a stamp nobody gave": (
        lambda case: case.document["stamps"].append({"identifier": "8"}),
        "/stamps/1 is in no event of events.json",
    ),
    "a stamp of another number": (
        lambda case: case.document.update(stamps=[case.stamp | {"identifier": "8"}]),
        "/stamps/0 is in no event of events.json",
    ),
    "a verdict nobody gave": (
        lambda case: case.sent.update(regulatory="cleared"),
        "/status/transmissions/0/regulatory is cleared, which no event tells of",
    ),
    "a verdict kept quiet": (
        lambda case: case.sent.update(regulatory="pending"),
        "/status/transmissions/0/regulatory is pending, events tell of accepted",
    ),
    "an answer nobody gave": (
        lambda case: case.sent.update(business="rejected"),
        "/status/transmissions/0/business is rejected, which no event tells of",
    ),
    "an answer kept quiet": (
        lambda case: case.sent.update(business="none"),
        "/status/transmissions/0/business is none, events tell of paid",
    ),
    "it never left": (
        lambda case: case.sent.update(transport="cancelled_before_send"),
        "/status/transmissions/0/transport is cancelled_before_send, which no event tells of",
    ),
    "another transmission": (
        lambda case: case.sent.update(id="trn_2"),
        "/status/transmissions/0/transport is delivered, which no event tells of",
    ),
}


@pytest.mark.parametrize("lie", UNPROVEN)
def test_what_no_event_bears_out_is_named(lie: str) -> None:
    case = Case()
    change, named = UNPROVEN[lie]
    change(case)
    assert named in case.judged().unproven


HONEST: dict[str, Callable[[Case], object]] = {
    "clocks of two machines": lambda case: case.events[4].update(at="2026-11-21T11:59:30Z"),
    "a long transaction": lambda case: case.events[2].update(at="2026-11-21T11:00:30Z"),
    "a request archived a day later": lambda case: case.leaves[4].update(
        at="2026-11-22T12:00:00Z"
    ),
    "a signal archived a while later": lambda case: case.leaves[6].update(
        at="2026-11-21T12:40:00Z"
    ),
    "an entity that moved": lambda case: [
        one.update(at="2027-01-01T00:00:00Z", quoted={}) for one in case.leaves
    ],
    "a verdict that a person took back": lambda case: (
        case.sent.update(regulatory="pending"),
        case.events[5]["data"].update(decided=True),
    ),
    "a step with two files": lambda case: case.leaves.append(
        leaf("receipt", LAST) | {"entry": str(UUID(int=99))}
    ),
    "a verdict not given yet": lambda case: (
        case.sent.update(regulatory="not_applicable"),
        case.events[6]["data"].pop("regulatory"),
    ),
}


@pytest.mark.parametrize("what", HONEST)
def test_what_can_be_is_not_blamed(what: str) -> None:
    case = Case()
    HONEST[what](case)
    assert case.judged(LATER) == ([], [], [])


REMARKS: dict[str, tuple[Callable[[Case], object], str]] = {
    "evidence after the head": (
        lambda case: case.leaves.pop(),
        "an event points at evidence that is not in the bundle",
    ),
    "evidence that is none": (
        lambda case: case.events[3].update(evidence_id=5),
        "an event points at evidence that is not in the bundle",
    ),
    "an answer left out": (
        lambda case: case.events.__delitem__(5),
        "an answer is in the bundle, and no event that tells of it",
    ),
    "an answer after the last event": (
        lambda case: case.events.pop(),
        "an answer is in the bundle, and no event that tells of it",
    ),
    "events after those that are there": (
        lambda case: case.document["status"].update(events=8),
        "states were not compared with events: the bundle has others than were counted",
    ),
    "no word of the issue": (lambda case: case.events.pop(1), "no event tells of the issue"),
    "events that were not counted": (
        lambda case: case.document["status"].pop("events"),
        "states were not compared with events: the bundle has others than were counted",
    ),
}


@pytest.mark.parametrize("what", REMARKS)
def test_what_cannot_be_judged_is_said(what: str) -> None:
    case = Case()
    change, remark = REMARKS[what]
    change(case)
    found = case.judged("2026-11-21T12:30:00Z")
    assert (found.wrong, found.unproven) == ([], [])
    assert remark in found.unchecked


LEFT_OUT: dict[str, tuple[Callable[[Case], object], str]] = {
    "the event of a receipt": (
        lambda case: case.events.pop(5),
        f"the event is left out that tells of receipt.json, archived at {ARCHIVED}",
    ),
    "the event of a signal": (
        lambda case: case.events.pop(6),
        f"the event is left out that tells of signal.json, archived at {LAST}",
    ),
}


@pytest.mark.parametrize("what", LEFT_OUT)
def test_what_was_there_before_the_export_is_missed(what: str) -> None:
    case = Case()
    change, named = LEFT_OUT[what]
    change(case)
    assert named in case.judged(LATER).wrong
    assert named not in case.judged(ISSUED).wrong


def test_a_bundle_is_no_older_than_what_it_holds() -> None:
    case = Case()
    change, named = LEFT_OUT["the event of a receipt"]
    change(case)
    case.leaves[0].update(at=LATER)
    assert named in case.judged(ISSUED).wrong


@pytest.mark.parametrize("place", [4, 5, 6])
def test_evidence_of_others_as_well_may_be_left_out(place: int) -> None:
    """Who may see a part of the documents gets none of it, and a request may be on its way."""
    case = Case()
    case.leaves.pop(place)
    remark = "an event points at evidence that is not in the bundle"
    assert case.judged(LATER) == ([], [], [remark])


@pytest.mark.parametrize(("exported", "blamed"), [(SOON, False), (LATER, True)])
def test_what_was_last_may_be_told_of_after_the_export(exported: str, *, blamed: bool) -> None:
    case = Case()
    case.events.pop()
    assert any("signal.json" in one for one in case.judged(exported).wrong) is blamed


def test_an_export_at_no_time_is_refused() -> None:
    with pytest.raises(MalformedError, match="exported_at"):
        Case().judged("today")


@pytest.mark.parametrize(
    "event",
    [
        1,
        {},
        {"type": "x"},
        {"type": 1, "at": ISSUED},
        {"type": "x", "at": "yesterday"},
        {"type": "x", "at": 5},
        {"type": "x", "at": "2026-11-21T12:00:00"},
    ],
)
def test_what_is_no_event_is_refused(event: object) -> None:
    with pytest.raises(MalformedError, match=r"^/0"):
        judged_events([event], {}, [])


@pytest.mark.parametrize("begun", [{"issued_at": "x"}, {"received_at": "2026-11-21"}])
def test_a_document_without_a_time_is_refused(begun: Json) -> None:
    with pytest.raises(MalformedError, match=r"^the document"):
        judged_events([], begun, [])


def test_a_received_document_has_its_events_and_no_more() -> None:
    events = [{"type": "received_document.received", "at": ISSUED, "data": {}}]
    leaves = [leaf("receipt", ISSUED)]
    assert judged_events(events, {"received_at": ISSUED}, leaves) == ([], [], [])


@pytest.mark.parametrize(
    "strange",
    [
        {"status": 5, "stamps": 5},
        {"status": {"events": "x", "transmissions": {}}},
        {"status": {"events": 7, "transmissions": 5}},
        {"status": {"events": 7, "transmissions": [5, {}, {"id": [], "business": {}}]}},
        {"stamps": [[], None]},
    ],
)
def test_whatever_is_stated_is_judged(strange: Json) -> None:
    case = Case()
    case.document |= strange
    case.events[6]["data"] = []
    case.judged()
