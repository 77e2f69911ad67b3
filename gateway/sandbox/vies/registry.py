"""The numbers that the local authorities know, and how each member state answers about them."""

import datetime
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

_MEMBER_STATES = """
AT BE BG CY CZ DE DK EE EL ES FI FR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK XI
"""
MEMBER_STATES = frozenset(_MEMBER_STATES.split())
"""Whose numbers VIES takes: EL for Greece, XI for Northern Ireland, and not GB."""

HMRC_TEST_NUMBERS = ("553557881", "146295999727", "948561936944")
"""Numbers that HMRC's own sandbox knows; three of its list."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A number that was given out.

    Attributes:
        number: With its letters in front.
        name: Of its holder.
        address: Of its holder, one line each.
        street: The address in parts, for member states that compare.
        postcode: See `street`.
        city: See `street`.
        company_type: As the member state numbers them: `AT-1`.
        since: First day in force; None: always was.
        until: First day no longer in force; None: still is.
    """

    number: str
    name: str = ""
    address: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    company_type: str = ""
    since: datetime.date | None = None
    until: datetime.date | None = None

    def holds_on(self, day: datetime.date) -> bool:
        """Tell whether the number is in force on a day."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day < self.until
        )


@dataclass(frozen=True, slots=True)
class Custom:
    """How a member state answers.

    Attributes:
        discloses: It tells its holders' names and addresses.
        compares: It compares a trader's details with its own.
    """

    discloses: bool = True
    compares: bool = False


_CUSTOMS = {"DE": Custom(discloses=False), "ES": Custom(discloses=False, compares=True)}
"""What is commonly seen of Germany and Spain; the others answer plainly here."""


class Registry:
    """Numbers by their letters and digits. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._entries: dict[str, Entry] = {}
        self._customs: dict[str, Custom] = dict(_CUSTOMS)
        for number in HMRC_TEST_NUMBERS:
            self.put(
                {
                    "number": f"GB{number}",
                    "name": "Credite Sberger Donal Inc.",
                    "address": "131B Barton Hamlet\nSW97 5CK",
                }
            )

    def put(self, values: Mapping[str, Any]) -> Entry:
        """Enter a number, or replace what is known of it.

        Raises:
            ValueError: It is none that is kept here, or a day is none.
            TypeError: There is an unknown member.
        """
        days = {
            name: datetime.date.fromisoformat(values[name])
            for name in ("since", "until")
            if values.get(name) is not None
        }
        entry = Entry(**{**values, **days})
        texts = [value for value in asdict(entry).values() if not isinstance(value, datetime.date)]
        if not all(isinstance(value, str) or value is None for value in texts):
            raise ValueError("members are texts")
        if entry.number[:2] not in MEMBER_STATES | {"GB"} or not entry.number[2:].isalnum():
            raise ValueError("number is the letters of a member state or GB, and digits")
        with self._lock:
            self._entries[entry.number] = entry
        return entry

    def change(self, number: str, values: Mapping[str, Any]) -> Entry:
        """Change what is known of a number: its holder's name, or the day it ends.

        Raises:
            KeyError: It is not known.
            ValueError, TypeError: See `put`.
        """
        with self._lock:
            known = self._entries[number]
        return self.put({**_written(known), **values, "number": number})

    def remove(self, number: str) -> bool:
        """Forget a number, as if it had never been given out; tell whether it was known."""
        with self._lock:
            return self._entries.pop(number, None) is not None

    def find(self, number: str, day: datetime.date) -> Entry | None:
        """Return a number that is in force on a day."""
        with self._lock:
            entry = self._entries.get(number)
        return entry if entry is not None and entry.holds_on(day) else None

    def custom(self, prefix: str) -> Custom:
        """Return how a member state answers."""
        with self._lock:
            return self._customs.get(prefix, Custom())

    def set_custom(self, prefix: str, values: Mapping[str, Any]) -> None:
        """Change how a member state answers.

        Raises:
            ValueError: There is no such member state.
            TypeError: There is an unknown member.
        """
        if prefix not in MEMBER_STATES:
            raise ValueError(f"{prefix} is no member state here")
        with self._lock:
            self._customs[prefix] = replace(self._customs.get(prefix, Custom()), **values)

    def as_json(self) -> dict[str, Any]:
        """Return everything that is known."""
        with self._lock:
            return {
                "numbers": [_written(entry) for _, entry in sorted(self._entries.items())],
                "member_states": {
                    prefix: asdict(self._customs.get(prefix, Custom()))
                    for prefix in sorted(MEMBER_STATES)
                },
            }


def _written(entry: Entry) -> dict[str, Any]:
    days = {"since": entry.since, "until": entry.until}
    return {
        **asdict(entry),
        **{name: None if day is None else day.isoformat() for name, day in days.items()},
    }
