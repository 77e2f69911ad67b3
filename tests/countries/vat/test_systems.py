"""What holds for the VAT of every country, whoever declared it."""

import datetime
import importlib
import itertools
import re
from decimal import Decimal
from typing import Protocol

import pytest
from stdnum.util import get_cc_module

from countries.eu import MEMBERS, vat_prefix
from countries.folders import folders
from countries.sources import Source
from countries.vat.system import STANDARD, Coded, Dated, Rate, VatSystem
from countries.vat.systems import SYSTEMS
from formats.en16931.codes.currencies import CURRENCIES
from formats.en16931.codes.taxes import VAT_EXEMPTIONS

TODAY = datetime.date(2026, 11, 21)
ONE = datetime.timedelta(days=1)

GAPS = {
    ("AT", "super reduced"): {("2021-12-31", "2026-07-01")},
    ("HR", "zero"): {("2012-12-31", "2022-10-01")},
}
"""Rates the law took away and brought back: the last day of the one, the first of the next."""

NUMBERS = {
    "AT": "ATU13585627",
    "BE": "BE0428759497",
    "BG": "BG175074752",
    "CY": "CY10259033P",
    "CZ": "CZ25123891",
    "DE": "DE136695976",
    "DK": "DK13585628",
    "EE": "EE100931558",
    "ES": "ESB58378431",
    "FI": "FI20774740",
    "FR": "FR40303265045",
    "GR": "EL094259216",
    "HR": "HR33392005961",
    "HU": "HU12892312",
    "IE": "IE6433435F",
    "IT": "IT00743110157",
    "LT": "LT119511515",
    "LU": "LU15027442",
    "LV": "LV40003521600",
    "MT": "MT11679112",
    "NL": "NL004495445B01",
    "PL": "PL8567346215",
    "PT": "PT501964843",
    "RO": "RO18547290",
    "SE": "SE123456789701",
    "SI": "SI50223054",
    "SK": "SK2022749619",
}
"""Numbers of the members, from python-stdnum's documentation."""

_CN = re.compile(r"(0[1-9]|[1-8][0-9]|9[0-7])[0-9]{0,6}")
_CPA = re.compile(r"[0-9]{2}(\.[0-9]([0-9](\.[0-9]([0-9])?)?)?)?")


class _Sourced(Protocol):
    @property
    def source(self) -> Source: ...


def _coded(system: VatSystem) -> tuple[Coded, ...]:
    return (*system.lower_rates, *system.exemptions, *system.reverse_charges)


def _dated(system: VatSystem) -> tuple[Dated, ...]:
    return (
        *system.currencies,
        *system.rates,
        *_coded(system),
        *system.foreign_suppliers,
        *system.thresholds,
        *system.small_business,
    )


def _sourced(system: VatSystem) -> tuple[_Sourced, ...]:
    return (
        system.identifier,
        *system.rates,
        *_coded(system),
        *system.foreign_suppliers,
        *system.thresholds,
        *system.small_business,
    )


def _rates_by_name(system: VatSystem) -> dict[str, list[Rate]]:
    ordered = sorted(system.rates, key=lambda rate: (rate.name, rate.since))
    return {
        name: list(rates) for name, rates in itertools.groupby(ordered, lambda rate: rate.name)
    }


def _days(system: VatSystem) -> tuple[datetime.date, ...]:
    """The days around every change of the declaration: between two of them nothing changes."""
    days = {system.declared_since, TODAY}
    for one in _dated(system):
        days |= {day for day in (one.since, one.until) if day is not None}
    around = {day + number * ONE for day in days for number in (-1, 0, 1)}
    return tuple(sorted(day for day in around if day >= system.declared_since))


def _overlap(one: Dated, other: Dated) -> bool:
    ends = [each.until for each in (one, other) if each.until is not None]
    begins = [each.since for each in (one, other) if each.since is not None]
    return not ends or not begins or max(begins) <= min(ends)


@pytest.fixture(params=sorted(SYSTEMS), name="system")
def system_of_each_country(request: pytest.FixtureRequest) -> VatSystem:
    return SYSTEMS[str(request.param)]


def test_every_folder_with_a_declaration_is_found() -> None:
    for folder in folders():
        try:
            declared = importlib.import_module(f"countries.{folder}.vat").VAT
        except ModuleNotFoundError:
            assert folder.upper() not in SYSTEMS
        else:
            assert SYSTEMS[folder.upper()] is declared


def test_names_and_currencies_are_given(system: VatSystem) -> None:
    assert system.country
    assert system.name
    assert system.currencies
    # The list has no currency that has ended.
    assert {one.code for one in system.currencies if one.until is None} <= CURRENCIES
    assert all(re.fullmatch("[A-Z]{3}", one.code) for one in system.currencies)
    own = {one.code for one in system.currencies}
    assert {one.currency for one in system.thresholds} <= CURRENCIES | own


def test_every_day_has_exactly_one_standard_rate(system: VatSystem) -> None:
    for day in _days(system):
        names = [rate.name for rate in system.rates_on(day)]
        assert names.count(STANDARD) == 1, day
        assert len(names) == len(set(names)), day


def test_no_day_has_two_currencies_and_today_has_one(system: VatSystem) -> None:
    for day in _days(system):
        assert len([one for one in system.currencies if one.holds_on(day)]) <= 1, day
    assert [one.holds_on(TODAY) for one in system.currencies].count(True) == 1


def test_rates_of_one_name_do_not_overlap_and_leave_no_hole(system: VatSystem) -> None:
    for name, rates in _rates_by_name(system).items():
        gaps = set()
        for earlier, later in itertools.pairwise(rates):
            assert earlier.until is not None, later
            assert earlier.until < later.since, later
            if earlier.until + ONE != later.since:
                gaps.add((earlier.until.isoformat(), later.since.isoformat()))
        assert gaps == GAPS.get((system.code, name), set()), name


def test_a_gap_is_of_a_declared_rate() -> None:
    for code, name in GAPS:
        assert name != STANDARD
        assert code not in SYSTEMS or name in _rates_by_name(SYSTEMS[code])


def test_a_rate_holds_from_its_first_day_to_its_last(system: VatSystem) -> None:
    for rate in system.rates:
        before = system.rate(rate.name, rate.since - ONE)
        assert before is not rate
        assert before is None or before.percent != rate.percent, "two entries for one rate"
        assert system.rate(rate.name, rate.since) is rate
        if rate.until is None:
            assert system.rate(rate.name, rate.since + ONE) is rate
            assert system.rate(rate.name, max(TODAY, rate.since)) is rate
        else:
            assert system.rate(rate.name, min(rate.since + ONE, rate.until)) is rate
            assert system.rate(rate.name, rate.until) is rate
            assert system.rate(rate.name, rate.until + ONE) is not rate


def test_rates_are_percentages_and_newest_first(system: VatSystem) -> None:
    for rate in system.rates:
        assert Decimal(0) <= rate.percent < Decimal(100)
    for name, rates in _rates_by_name(system).items():
        assert [one for one in system.rates if one.name == name] == rates[::-1], name
    assert system.rate(STANDARD, system.declared_since) is not None


def test_what_ends_began_before(system: VatSystem) -> None:
    for one in _dated(system):
        assert one.since is None or one.until is None or one.since <= one.until, one


def test_a_lower_rate_exists_on_every_day_it_is_borne(system: VatSystem) -> None:
    days = tuple(_days(system))
    for one in system.lower_rates:
        borne = [day for day in days if one.holds_on(day)]
        missing = [day for day in borne if system.rate(one.rate, day) is None]
        assert not missing, (one.what, one.rate, missing[0])


def test_codes_have_the_form_of_their_list(system: VatSystem) -> None:
    for one in _coded(system):
        assert one.cn or one.cpa, one.what
        for code in one.cn:
            assert len(code) >= 2, (one.what, code)
            assert _CN.fullmatch(code), (one.what, code)
        for code in one.cpa:
            assert _CPA.fullmatch(code), (one.what, code)


def test_no_code_means_two_things_on_one_day(system: VatSystem) -> None:
    for declared in (system.lower_rates, system.exemptions, system.reverse_charges):
        # 85 is electrical goods in the one list and education in the other.
        by_code: dict[tuple[str, str], list[Coded]] = {}
        for one in declared:
            for code in (*(("CN", cn) for cn in one.cn), *(("CPA", cpa) for cpa in one.cpa)):
                for other in by_code.setdefault(code, []):
                    assert not _overlap(one, other), (code, one.what, other.what)
                by_code[code].append(one)


def test_what_is_asked_for_reads_inside_a_sentence(system: VatSystem) -> None:
    asked = [one.asks for one in _coded(system)] + [one.asks for one in system.foreign_suppliers]
    for one in filter(None, asked):
        assert one[0].islower(), one
        assert one[-1].isalnum() or one.endswith(("%", ")")), one


def test_reasons_are_of_the_official_list(system: VatSystem) -> None:
    reasons = {one.vatex for one in system.exemptions}
    reasons |= {one.vatex for one in system.small_business}
    assert reasons - {None} <= VAT_EXEMPTIONS


def test_amounts_are_not_negative(system: VatSystem) -> None:
    for one in system.thresholds:
        assert one.amount >= 0, one
    for charge in system.reverse_charges:
        assert charge.minimum is None or charge.minimum > 0, charge


def test_thresholds_of_one_kind_and_whom_do_not_overlap(system: VatSystem) -> None:
    for one, other in itertools.combinations(system.thresholds, 2):
        if (one.kind, one.applies_to) == (other.kind, other.applies_to):
            assert not _overlap(one, other), (one, other)


def test_small_businesses_say_one_sentence_a_day(system: VatSystem) -> None:
    for one, other in itertools.combinations(system.small_business, 2):
        assert not _overlap(one, other), (one, other)
    for one in system.small_business:
        assert one.note


def test_article_194_is_declared_by_members_only(system: VatSystem) -> None:
    if system.code not in MEMBERS or MEMBERS[system.code][1] is not None:
        assert system.foreign_suppliers == ()
        return
    assert [one.holds_on(TODAY) for one in system.foreign_suppliers].count(True) == 1
    for one, other in itertools.combinations(system.foreign_suppliers, 2):
        assert not _overlap(one, other), (one, other)


def test_every_source_can_be_looked_up(system: VatSystem) -> None:
    for one in _sourced(system):
        source = one.source
        assert source.title
        assert source.url.startswith("https://"), source
        assert source.read_on <= TODAY, source
        assert source.note or source.confidence not in {"A", "M"}, (
            f"{source.title}: what was read?"
        )


def test_the_pattern_of_the_number_begins_with_its_prefix(system: VatSystem) -> None:
    pattern = re.compile(system.identifier.pattern)
    assert system.identifier.name
    assert not pattern.fullmatch("")
    assert not pattern.fullmatch(system.identifier.prefix)
    if system.code in MEMBERS and MEMBERS[system.code][1] is None:
        assert system.identifier.prefix == vat_prefix(system.code)


@pytest.mark.parametrize("code", sorted(set(NUMBERS) & set(SYSTEMS)))
def test_the_pattern_accepts_a_right_number(code: str) -> None:
    number = NUMBERS[code]
    checked = get_cc_module(code.lower(), "vat")
    assert checked is not None
    assert checked.is_valid(number)
    pattern = re.compile(SYSTEMS[code].identifier.pattern)
    assert pattern.fullmatch(number)
    for wrong in ("XX" + number[2:], number.lower(), " " + number, number + "9999", number[:3]):
        assert not pattern.fullmatch(wrong), wrong


def test_every_member_has_a_number_to_try() -> None:
    members = {code for code, (_, until) in MEMBERS.items() if until is None}
    assert set(NUMBERS) == members
