"""The clock passes every dated rate: the day before, the day, the day after."""

import datetime
import json
from decimal import Decimal
from typing import Any

import pytest
from freezegun import freeze_time

from countries.vat.system import STANDARD, VatSystem
from countries.vat.systems import SYSTEMS
from gateway.kit import clock
from gateway.tax.determination import place_of
from gateway.tax.service import answer

_DAY = datetime.timedelta(days=1)
_FIRST = datetime.date(1968, 1, 3)  # the API knows no day before 1968


def _changes(system: VatSystem) -> list[datetime.date]:
    """Return the days from which some rate of a country holds, or no longer holds."""
    begun = {rate.since for rate in system.rates}
    ended = {rate.until + _DAY for rate in system.rates if rate.until is not None}
    return sorted(day for day in begun | ended if day >= _FIRST)


def _standard(system: VatSystem, day: datetime.date) -> Decimal | None:
    found = [
        rate.percent
        for rate in system.rates
        if rate.name == STANDARD
        and rate.since <= day
        and (rate.until is None or day <= rate.until)
    ]
    assert len(found) <= 1
    return found[0] if found else None


@pytest.mark.parametrize("code", sorted(SYSTEMS))
def test_the_rate_of_today_holds_today(code: str) -> None:
    system = SYSTEMS[code]
    with freeze_time(_FIRST) as frozen:  # once: to freeze takes longer than to answer
        for day in (c + step for c in _changes(system) for step in (-_DAY, 0 * _DAY, _DAY)):
            frozen.move_to(datetime.datetime.combine(day, datetime.time(12)))
            today = clock.now().date()
            assert today == day
            assert place_of(code, today).standard_rate == _standard(system, day), day
            line = _sold_at_home(code, today)
            expected = _standard(system, day)
            if expected is None:
                assert (line["category"], line["rate"]) == ("undecided", None), day
            else:
                assert Decimal(line["rate"]) == expected, day
                assert line["tax_country"] == code, day


def _sold_at_home(code: str, today: datetime.date) -> dict[str, Any]:
    facts = {
        "day": today.isoformat(),
        "seller": {"country": code, "vat_id": f"{code}1"},
        "buyer": {"country": code, "kind": "consumer"},
        "lines": [{"kind": "goods", "net": "10"}],
    }
    line: dict[str, Any] = answer(json.dumps(facts).encode())["lines"][0]
    return line


def test_every_country_has_changes_to_pass() -> None:
    assert all(_changes(system) for system in SYSTEMS.values())
    assert sum(len(_changes(system)) for system in SYSTEMS.values()) > 150
