"""What VIES answers: by its registry on the ordinary path, by the number on the test path."""

import datetime
import hashlib
import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from gateway.kit.clock import today
from gateway.sandbox.vies.registry import MEMBER_STATES, Custom, Entry, Registry
from gateway.sandbox.vies.soap import Ask

TEST_FAULTS = {
    "201": "INVALID_INPUT",
    "202": "INVALID_REQUESTER_INFO",
    "300": "SERVICE_UNAVAILABLE",
    "301": "MS_UNAVAILABLE",
    "302": "TIMEOUT",
    "400": "VAT_BLOCKED",
    "401": "IP_BLOCKED",
    "500": "GLOBAL_MAX_CONCURRENT_REQ",
    "501": "GLOBAL_MAX_CONCURRENT_REQ_TIME",
    "600": "MS_MAX_CONCURRENT_REQ",
    "601": "MS_MAX_CONCURRENT_REQ_TIME",
}
"""The test service's numbers that are faults; 100 is in force, 200 is not."""

_TEST_ENTRY = Entry("100", name="John Doe", address="123 Main St, Anytown, UK")
_COUNTRY = re.compile("[A-Z]{2}")
_NUMBER = re.compile(r"[0-9A-Za-z+*.]{2,12}")
_ZONE = ZoneInfo("Europe/Brussels")
_COMPARED = ("Name", "CompanyType", "Street", "Postcode", "City")
_NOTHING = "---"


class FaultError(Exception):
    """The question is answered by a fault; the message is its word."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """An answer.

    Attributes:
        valid: Whether the number is in force.
        values: The elements of the answer, in order.
        consultation_number: The proof given out, if any.
    """

    valid: bool
    values: Mapping[str, str | None]
    consultation_number: str


class Authority:
    """VIES with the member states behind it. Thread-safe.

    Attributes:
        registry: The numbers.
        day: The day it is, when it is not today's.
    """

    def __init__(self, registry: Registry, seed: int = 0) -> None:
        self.registry = registry
        self.day: datetime.date | None = None
        self._seed = seed
        self._given = 0
        self._lock = threading.Lock()

    def today(self, zone: str = "Europe/Brussels") -> datetime.date:
        """Return the day, as it is in a time zone."""
        return self.day or today(zone)

    def answer(self, ask: Ask) -> Verdict:
        """Answer on the ordinary path.

        Raises:
            FaultError: `INVALID_INPUT` for a form or a country that is not taken,
                `INVALID_REQUESTER_INFO` for a requester who is not in force.
        """
        if not _is_taken(ask["countryCode"], ask["vatNumber"]):
            raise FaultError("INVALID_INPUT")
        day = self.today()
        if ask.requester and not (
            _is_taken(ask["requesterCountryCode"], ask["requesterVatNumber"])
            and self.registry.find(ask.requester, day)
        ):
            raise FaultError("INVALID_REQUESTER_INFO")
        told = self.registry.custom(ask["countryCode"])
        return self._verdict(ask, self.registry.find(ask.number, day), day, told)

    def answer_test(self, ask: Ask) -> Verdict:
        """Answer on the path of the test service: by the number alone.

        Raises:
            FaultError: The number stands for a fault, or for nothing.
        """
        number = ask["vatNumber"]
        if number not in {"100", "200"}:
            raise FaultError(TEST_FAULTS.get(number, "SERVICE_UNAVAILABLE"))
        entry = _TEST_ENTRY if number == "100" else None
        return self._verdict(ask, entry, self.today(), Custom())

    def _verdict(
        self, ask: Ask, entry: Entry | None, day: datetime.date, custom: Custom
    ) -> Verdict:
        proof = self._consultation_number(ask) if entry is not None and ask.requester else ""
        noon = datetime.datetime.combine(day, datetime.time(12), _ZONE)
        values: dict[str, str | None] = {
            "countryCode": ask["countryCode"],
            "vatNumber": ask["vatNumber"],
            "requestDate": f"{day.isoformat()}{noon.isoformat()[-6:]}",
            "valid": "true" if entry is not None else "false",
        }
        if ask.operation == "checkVat":
            told = entry if custom.discloses else None
            values["name"] = told.name if told and told.name else _NOTHING
            values["address"] = told.address if told and told.address else _NOTHING
        else:
            values |= _approximately(ask, entry, custom)
            values["requestIdentifier"] = proof
        return Verdict(entry is not None, values, proof)

    def _consultation_number(self, ask: Ask) -> str:
        with self._lock:
            self._given += 1
            text = f"{self._seed}|{self._given}|{ask.number}|{ask.requester}"
        return f"WAPI{hashlib.sha256(text.encode()).hexdigest()[:12].upper()}"


def _approximately(ask: Ask, entry: Entry | None, custom: Custom) -> dict[str, str | None]:
    """Return a trader's details: the registry's, or the asker's with the marks of a comparison."""
    if entry is None:
        return {"traderName": "", "traderCompanyType": _NOTHING, "traderAddress": ""}
    asked = any(ask[f"trader{name}"] for name in _COMPARED)
    if not asked or not custom.compares:
        return {
            "traderName": (entry.name if custom.discloses else "") or _NOTHING,
            "traderCompanyType": (entry.company_type if custom.discloses else "") or _NOTHING,
            "traderAddress": (entry.address if custom.discloses else "") or _NOTHING,
        }
    own = {
        "Name": entry.name,
        "CompanyType": entry.company_type,
        "Street": entry.street,
        "Postcode": entry.postcode,
        "City": entry.city,
    }
    echo: dict[str, str | None] = {f"trader{name}": ask[f"trader{name}"] for name in _COMPARED}
    marks = {f"trader{name}Match": _mark(ask[f"trader{name}"], own[name]) for name in _COMPARED}
    return echo | marks


def _is_taken(country: str, number: str) -> bool:
    return bool(
        _COUNTRY.fullmatch(country) and country in MEMBER_STATES and _NUMBER.fullmatch(number)
    )


def _mark(asked: str, own: str) -> str:
    """Return 1, 2 or 3: agrees, does not, was not compared."""
    if not asked or not own:
        return "3"
    return "1" if _plain(asked) == _plain(own) else "2"


def _plain(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())
