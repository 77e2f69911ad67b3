"""What every adapter must do whose authority tells what it has of somebody."""

from typing import Any

from gateway.transmissions.bookkeeping import Bookkeeping, Entry, entries
from gateway.transmissions.errors import Retry, Unknown
from tests.contract_suite.cases import ALWAYS, case
from tests.contract_suite.party import HASTE, Party, once


def _told(party: Party, message: Any, adapter: Any = None) -> list[Entry]:  # noqa: ANN401 - a message
    books = adapter or party.adapter
    assert isinstance(books, Bookkeeping)
    return list(entries(books, party.owner(message)[0]))


@case("books")
def the_books_hold_what_arrived(party: Party) -> None:
    message = party.message()
    proof = once(party, message)
    (entry,) = [one for one in _told(party, message) if one.digest == party.owner(message)[1]]
    assert entry.registration in proof.correlations.values()


@case("books")
def the_books_do_not_hold_what_was_never_sent(party: Party) -> None:
    message = party.message()
    assert _told(party, message) == []


def _worthless(name: str, **rule: Any) -> None:  # noqa: ANN401 - members of a rule
    """An answer that is worth nothing: neither is there something nor is there nothing."""

    def check(party: Party) -> None:
        message = party.message()
        once(party, message)
        party.fail({**ALWAYS, "where": party.enquiries, **rule})
        by = party.adapter_to(seconds=HASTE) if "seconds" in rule else party.adapter
        try:
            found = _told(party, message, by)
        except (Retry, Unknown):
            return
        raise AssertionError(f"it was believed: {found}")

    check.__name__ = f"books_{name}_prove_nothing"
    case("books", "faults")(check)


_worthless("of_a_stranger", fault="wrong_signature")
_worthless("of_somebody_else", fault="foreign_answer")
_worthless("in_an_outage", fault="http_503_before_accept")
_worthless("that_are_not_found", fault="http_404_before_accept")
_worthless("that_are_empty", fault="empty")
_worthless("of_garbage", fault="garbage")
_worthless("cut_in_half", fault="broken_off")
_worthless("on_another_page", fault="redirect")
_worthless("that_come_too_late", fault="latency", seconds=2)
