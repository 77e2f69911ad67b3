import datetime
import itertools
from decimal import Decimal

import pytest

from countries.vat.jurisdictions import jurisdiction
from countries.vat.systems import SYSTEMS
from countries.vat.territories import ALIASES, TERRITORIES, Territory, known_as, territory

DAY = datetime.date(2026, 11, 21)
EVERY = [one for dated in TERRITORIES.values() for one in dated]
INSIDE = ("PT-20", "PT-30", "AT-JUNGHOLZ", "FR-20R", "MC")
OUTSIDE = (
    *("IC", "EA", "AX", "RE", "GP", "MQ", "GF", "YT", "GR-69", "IT-LIVIGNO", "IT-CAMPIONE"),
    *("DE-BUESINGEN", "DE-HELIGOLAND", "IM", "GG", "JE", "GI", "SM", "VA", "AD", "FO", "GL"),
)


def today(code: str) -> Territory:
    found = territory(code, DAY)
    assert found is not None
    return found


def percent(code: str, name: str, day: datetime.date) -> Decimal | None:
    place = territory(code, day)
    assert place is not None
    rate = place.rate(name, day)
    return None if rate is None else rate.percent


@pytest.mark.parametrize(
    "code",
    [*INSIDE, *OUTSIDE, "XI"],
)
def test_is_known_on_every_day(code: str) -> None:
    for day in (datetime.date(2010, 1, 1), datetime.date(2020, 12, 31), DAY):
        place = territory(code, day)
        assert place is not None
        assert place.code == code


def test_northern_ireland_is_inside_for_goods_alone_since_2021() -> None:
    now = today("XI")
    assert (now.member_for_goods, now.member_for_services) == (True, False)
    assert (now.taxed_as, now.country, now.vat_prefix) == ("GB", "GB", "XI")
    before = territory("XI", datetime.date(2020, 12, 31))
    assert before is not None
    assert (before.member_for_goods, before.member_for_services) == (True, True)
    assert before.vat_prefix == "GB"


def test_isle_of_man_left_with_the_kingdom() -> None:
    assert not today("IM").member_for_goods
    before = territory("IM", datetime.date(2020, 12, 31))
    assert before is not None
    assert before.member_for_goods
    assert today("IM").taxed_as == before.taxed_as == "GB"


@pytest.mark.parametrize("code", INSIDE)
def test_inside_the_union_with_the_vat_of_a_member(code: str) -> None:
    place = today(code)
    assert place.member_for_goods
    assert place.member_for_services
    assert place.taxed_as in {"PT", "AT", "FR"}


@pytest.mark.parametrize(
    "code",
    OUTSIDE,
)
def test_outside_the_union_for_vat(code: str) -> None:
    place = today(code)
    assert not place.member_for_goods
    assert not place.member_for_services


@pytest.mark.parametrize(
    ("code", "taxed_as"),
    [
        ("AX", "FI"),
        ("DE-BUESINGEN", "CH"),
        ("RE", "FR"),
        ("MQ", "FR"),
        ("GP", "FR"),
        ("GF", None),
        ("YT", None),
        ("IC", None),
        ("EA", None),
        ("GR-69", None),
        ("IT-LIVIGNO", None),
    ],
)
def test_whose_vat_is_charged(code: str, taxed_as: str | None) -> None:
    assert today(code).taxed_as == taxed_as


def test_the_spanish_islands_and_cities_have_categories_of_their_own() -> None:
    categories = {one.code: one.category for one in EVERY if one.category is not None}
    assert categories == {"IC": "L", "EA": "M"}
    assert today("IC").currency == "EUR"


@pytest.mark.parametrize(
    ("code", "name", "day", "expected"),
    [
        ("PT-20", "standard", "2010-06-30", "14"),
        ("PT-20", "standard", "2010-07-01", "15"),
        ("PT-20", "standard", "2011-01-01", "16"),
        ("PT-20", "standard", "2013-12-31", "16"),
        ("PT-20", "standard", "2014-01-01", "18"),
        ("PT-20", "standard", "2021-06-30", "18"),
        ("PT-20", "standard", "2021-07-01", "16"),
        ("PT-20", "reduced", "2015-06-30", "10"),
        ("PT-20", "reduced", "2015-07-01", "9"),
        ("PT-20", "second reduced", "2014-01-01", "5"),
        ("PT-20", "second reduced", "2026-11-21", "4"),
        ("PT-30", "standard", "2012-03-31", "16"),
        ("PT-30", "standard", "2012-04-01", "22"),
        ("PT-30", "reduced", "2012-04-01", "12"),
        ("PT-30", "second reduced", "2024-09-30", "5"),
        ("PT-30", "second reduced", "2024-10-01", "4"),
        ("AT-JUNGHOLZ", "standard", "2026-11-21", "19"),
        ("RE", "standard", "2026-11-21", "8.5"),
        ("GP", "second reduced", "2026-11-21", "2.1"),
        ("MQ", "reduced", "2026-11-21", "2.1"),
        ("FR-20R", "petroleum", "2026-11-21", "13"),
        ("IC", "standard", "2012-06-30", "5"),
        ("IC", "standard", "2019-06-01", "6.5"),
        ("IC", "standard", "2026-11-21", "7"),
        ("JE", "standard", "2011-05-31", "3"),
        ("AD", "standard", "2026-11-21", "4.5"),
    ],
)
def test_own_rates_follow_the_law_in_force(code: str, name: str, day: str, expected: str) -> None:
    assert percent(code, name, datetime.date.fromisoformat(day)) == Decimal(expected)


def test_a_rate_that_is_not_its_own_is_not_answered() -> None:
    assert percent("AT-JUNGHOLZ", "reduced", DAY) is None
    assert percent("FR-20R", "standard", DAY) is None
    assert percent("AD", "standard", datetime.date(2012, 12, 31)) is None


@pytest.mark.parametrize("place", EVERY, ids=lambda one: f"{one.code}-{one.until}")
def test_rates_of_one_name_never_overlap(place: Territory) -> None:
    for rate in place.rates:
        same = [one for one in place.rates if one.name == rate.name]
        assert sum(one.holds_on(rate.since) for one in same) == 1
        if rate.until is not None:
            assert rate.since <= rate.until


@pytest.mark.parametrize("code", TERRITORIES)
def test_one_record_holds_on_each_day(code: str) -> None:
    dated = TERRITORIES[code]
    for newer, older in itertools.pairwise(dated):
        assert newer.since is not None
        assert older.until == newer.since - datetime.timedelta(days=1)


@pytest.mark.parametrize("place", EVERY, ids=lambda one: f"{one.code}-{one.until}")
def test_what_bears_a_lower_rate_names_a_rate_there_is(place: Territory) -> None:
    system = SYSTEMS.get(place.taxed_as or "")
    for lower in place.lower_rates:
        first = lower.since or datetime.date(2010, 1, 1)
        if place.rate(lower.rate, first) is None:
            assert system is not None
            assert system.rate(lower.rate, first) is not None


@pytest.mark.parametrize("place", EVERY, ids=lambda one: f"{one.code}-{one.until}")
def test_own_rates_of_a_name_are_below_those_of_the_state(place: Territory) -> None:
    system = SYSTEMS.get(place.taxed_as or "")
    if system is None:
        return
    for rate in place.rates:
        of_state = system.rate(rate.name, rate.until or DAY)
        if of_state is None:  # a name that the state has not: it needs things that bear it
            assert any(lower.rate == rate.name for lower in place.lower_rates)
        else:
            assert rate.percent < of_state.percent, rate


@pytest.mark.parametrize("place", EVERY, ids=lambda one: f"{one.code}-{one.until}")
def test_what_it_says_of_a_code_is_not_overruled_by_a_longer_prefix_of_the_state(
    place: Territory,
) -> None:
    system = SYSTEMS.get(place.taxed_as or "")
    if system is None:
        return
    own = {prefix for lower in place.lower_rates for prefix in (*lower.cn, *lower.cpa)}
    for lower in system.lower_rates:
        if lower.rate == "standard" or lower.until is not None:
            continue
        for prefix in (*lower.cn, *lower.cpa):
            if prefix not in own:
                same_list = {one for one in own if ("." in one) == ("." in prefix)}
                assert not any(prefix.startswith(one) for one in same_list), prefix


def test_codes_and_aliases_are_of_one_world() -> None:
    assert not set(ALIASES) & set(TERRITORIES)
    assert set(ALIASES.values()) - set(TERRITORIES) == {"GR", "GB"}


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("ES-CN", "IC"),
        ("es-ml", "EA"),
        ("FR-RE", "RE"),
        ("FI-01", "AX"),
        ("GB-NIR", "XI"),
        ("FR-2A", "FR-20R"),
        ("ax", "AX"),
    ],
)
def test_other_spellings_lead_to_the_same_place(written: str, code: str) -> None:
    assert known_as(written) == code
    assert territory(written, DAY) == territory(code, DAY)


def test_prefixes_of_numbers_are_known_as_their_states() -> None:
    assert known_as("EL") == "GR"
    assert known_as("UK") == "GB"
    assert known_as("de") == "DE"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("\N{LATIN SMALL LETTER SHARP S}", "SS"),
        ("\N{LATIN SMALL LETTER DOTLESS I}t", "IT"),
        ("\N{LATIN SMALL LETTER LONG S}i", "SI"),
    ],
)
def test_letters_that_become_a_code_in_upper_case_are_no_place(written: str, code: str) -> None:
    assert written.upper() == code
    assert known_as(written) == written
    assert not jurisdiction(code, DAY).identifies(f"{written}50223054")


def test_an_ordinary_country_is_no_territory() -> None:
    assert territory("DE", DAY) is None
    assert territory("EL", DAY) is None
