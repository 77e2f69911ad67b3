"""What comes back and cannot be kept: asked about ever more rarely, then a person's."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from typing_extensions import override

from gateway.archive.stores.problems import ArchiveUnavailableProblem
from gateway.archive.tables import archive_entry
from gateway.kit.database import Database
from gateway.transmissions import recorded
from gateway.transmissions.adapter import Acknowledgement
from gateway.transmissions.recorded import AttemptView
from gateway.transmissions.states import Fact, Transport
from tests.gateway.transmissions.desk import QUICK, Authority, Desk, desk

HASTY = replace(QUICK, poison_after=3, first_delay=timedelta(milliseconds=5))
OF_NO_KIND = {"A Number": "1"}
"""No kind of name is written so: the database refuses it."""


class Odd(Authority):
    """An authority whose receipts cannot be kept while it is odd."""

    odd = True
    clears = True

    @override
    def _taken(self) -> Acknowledgement:
        whole = super()._taken()
        if not self.clears:
            whole = replace(whole, fact=Fact(transport=Transport.SUBMITTED))
        return replace(whole, correlations=OF_NO_KIND) if self.odd else whole


@pytest.fixture
def small(database: Database, admin_url: str, tmp_path: Path) -> Iterator[Desk]:
    with desk(database, admin_url, tmp_path) as made:
        made.authority = Odd()
        yield made


def odd(small: Desk) -> Odd:
    assert isinstance(small.authority, Odd)
    return small.authority


def tried(small: Desk, transmission: UUID) -> tuple[AttemptView, ...]:
    with small.database.transaction(small.owner) as tx:
        return recorded.of_transmission(tx, transmission)


def archived(small: Desk) -> list[UUID]:
    """Return which requests the archive has."""
    with small.database.transaction(small.owner) as tx:
        query = tx.select(archive_entry, archive_entry.c.id)
        return list(tx.execute(query.where(archive_entry.c.role == "request")).scalars())


@pytest.mark.parametrize("safe", [True, False])
def test_a_receipt_that_cannot_be_kept_ends_with_a_person_after_some_tries(
    small: Desk,
    safe: bool,  # noqa: FBT001 - a column of the table
) -> None:
    small.may(resend_is_safe=safe)
    made = small.queue()
    with small.working(HASTY):
        small.until_state(made, "stuck")
    (letter,) = small.stuck()
    assert letter.transmission_id == made
    assert small.row(made).in_doubt
    assert letter.reason is not None
    assert letter.reason.startswith("internal: ")
    assert small.view(made).action_required == "unresolved"
    told = tried(small, made)
    assert [one.outcome for one in told] == ["unknown"] * 3
    assert [one.reason for one in told] == [letter.reason] * 3
    # What came is there for whoever looks, although nothing could be made of it.
    with small.database.transaction(small.owner) as tx:
        assert recorded.exchanges(tx, made, 1)[0].answer is not None
    assert len(small.authority.tries) == (3 if safe else 1)
    assert small.authority.ledger == [small.view(made).message_id]


def test_when_it_can_be_kept_again_the_outcome_is_recorded_once(small: Desk) -> None:
    small.may(resend_is_safe=False)
    made = small.queue()
    with small.working(replace(HASTY, poison_after=100)):
        small.until(lambda: len(tried(small, made)) >= 3)
        assert archived(small) == []  # of what cannot be kept nothing is
        odd(small).odd = False
        small.until_state(made, "closed")
    assert small.view(made).regulatory == "cleared"
    assert small.types(made) == ["queued", "submitting", "outcome_unknown", "submitted"]
    assert len(small.authority.tries) == 1
    assert archived(small) == [tried(small, made)[0].id]


def test_it_waits_longer_each_time_by_chance(small: Desk) -> None:
    small.may(resend_is_safe=False, settle=timedelta(0))
    made = small.queue()
    patient = replace(HASTY, poison_after=5, first_delay=timedelta(milliseconds=40))
    with small.working(patient):
        small.until_state(made, "stuck")
    decided = [one.decisions for one in tried(small, made)]
    assert [one["failures"] for one in decided] == [1, 2, 3, 4, 5]
    assert all(one["draws"] for one in decided)


def test_a_verdict_that_cannot_be_kept_stands_in_nobodys_way(small: Desk) -> None:
    odd(small).odd, odd(small).clears = False, False
    small.may(first_ask=timedelta(milliseconds=30), longest_ask=timedelta(milliseconds=30))
    made = small.queue()
    with small.working(HASTY):
        small.until_state(made, "sent")
        odd(small).odd = odd(small).clears = True
        small.until(lambda: small.view(made).action_required == "no_verdict")
        row = small.row(made)
        assert (row.state, row.reason[:10]) == ("sent", "internal: ")
        other = small.queue()
        odd(small).odd = False
        small.until_state(other, "closed")
        small.until_state(made, "closed")
    assert small.view(made).regulatory == "cleared"
    assert small.stuck() == []


def test_a_disk_that_is_full_is_waited_for_without_asking_every_second(
    small: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd(small).odd = False
    small.may(resend_is_safe=False)
    full = True
    store = type(small.archive).store

    def refusing(self: Any, owner: Any, items: Any) -> Any:  # noqa: ANN401 - passed on
        if full and any(one.role == "receipt" for one in items):
            raise ArchiveUnavailableProblem(OSError(28, "no space is left"))
        return store(self, owner, items)

    monkeypatch.setattr(type(small.archive), "store", refusing)
    made = small.queue()
    with small.working(HASTY):
        small.until(lambda: len(tried(small, made)) >= 5)
        row = small.row(made)
        assert (row.state, row.reason) == ("unknown", ArchiveUnavailableProblem.type)
        full = False
        small.until_state(made, "closed")
    assert len(small.authority.tries) == 1  # it was asked about, and not sent again
    failures = [one.decisions.get("failures") for one in tried(small, made)]
    assert failures[:5] == [1, 2, 3, 4, 5]
