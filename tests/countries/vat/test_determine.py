"""What holds for every decision, whatever the facts."""

import datetime
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from countries.vat.alternatives import Change, alternatives
from countries.vat.decision import Decision
from countries.vat.determine import determine
from countries.vat.facts import Buyer, BuyerKind, Sale, Scheme, Seller, Supply, SupplyKind, Vies
from countries.vat.headings import HEADINGS_CN, HEADINGS_CPA, meant
from countries.vat.jurisdictions import jurisdiction
from countries.vat.system import STANDARD, Coded
from countries.vat.systems import SYSTEMS
from countries.vat.territories import ALIASES, TERRITORIES
from formats.en16931.codes.countries import COUNTRIES
from formats.en16931.codes.taxes import VAT_EXEMPTIONS
from tests.countries.vat.test_systems import NUMBERS

TAXES = {"S", "L", "M"}
"""Categories that charge something (UNTDID 5305): VAT, IGIC, IPSI."""
NO_TAX = {"Z", "E", "AE", "K", "G"}
WITHOUT_PATH = {"buyer", "seller", "law"}
"""What is named when the request has no place for the fact, or when no fact is missing."""
FACTS = {
    *("seller.country", "buyer.country", "buyer.kind", "buyer.vies", "place_of_supply"),
    *("buyer.vat_id", "lines.kind", "lines.item_code"),
}

_EVERY_PLACE = sorted({*COUNTRIES, *TERRITORIES, *ALIASES})
_LIKELY = ["DE", "FR", "IE", "ES", "GB", "XI", "IC", "RE", "AX", "PT-20", "US", "CH", "NO"]


def _declared_codes() -> list[str]:
    entries: list[Coded] = [
        entry
        for system in SYSTEMS.values()
        for entry in (*system.lower_rates, *system.exemptions, *system.reverse_charges)
    ]
    return sorted({code for entry in entries for code in (*entry.cn, *entry.cpa)})


places = st.sampled_from(_LIKELY) | st.sampled_from(_EVERY_PLACE)
numbers = st.none() | st.sampled_from([*NUMBERS.values(), "XI110305878", "GB980780684", "123"])
codes = (
    st.none()
    | st.sampled_from(_declared_codes())
    | st.from_regex(r"[0-9]{2}(\.?[0-9]){0,8}", fullmatch=True)
    | st.text(max_size=4)
)
supplies = st.builds(
    Supply,
    kind=st.none() | st.sampled_from(SupplyKind),
    net=st.decimals(-100, 100_000, places=2),
    item_code=codes,
)
sales = st.builds(
    Sale,
    day=st.dates(datetime.date(1990, 1, 1), datetime.date(2035, 12, 31)),
    seller=st.builds(
        Seller,
        country=st.none() | places,
        vat_id=numbers,
        schemes=st.frozensets(st.sampled_from(Scheme), max_size=3),
    ),
    buyer=st.builds(
        Buyer,
        country=st.none() | places,
        vat_id=numbers,
        kind=st.none() | st.sampled_from(BuyerKind),
        vies=st.none() | st.sampled_from(Vies),
    ),
    supplies=st.lists(supplies, min_size=1, max_size=3).map(tuple),
    place=st.none() | places,
)


@given(sales)
@settings(max_examples=150, deadline=None)
def test_every_sale_is_decided_or_names_what_is_missing(sale: Sale) -> None:
    decisions = determine(sale)
    assert len(decisions) == len(sale.supplies)
    for decision in decisions:
        assert (decision.category is None) == bool(decision.missing)
        assert all(one.fact in FACTS | WITHOUT_PATH and one.why for one in decision.missing)
        _is_consistent(decision)


def _is_consistent(decision: Decision) -> None:
    category, rate, vatex, country = decision.result
    if category in TAXES:
        assert rate is not None
        assert rate > 0
        assert vatex is None
        assert country is not None
    elif category in NO_TAX:
        assert rate == 0
        assert (country is not None) == (category == "Z")
    else:
        assert category in {"O", None}
        assert rate is None
        assert country is None
    assert vatex is None or vatex in VAT_EXEMPTIONS
    assert (category == "K") == (vatex == "VATEX-EU-IC")
    assert (category == "AE") == (vatex == "VATEX-EU-AE")
    assert (category == "O") == (vatex == "VATEX-EU-O")
    for rule in decision.rules:
        assert rule.id
        assert rule.says
        assert rule.source.title
        assert rule.source.url.startswith("https://")


@given(sales)
@settings(max_examples=80, deadline=None)
def test_the_same_facts_give_the_same_answer(sale: Sale) -> None:
    same = replace(sale, seller=replace(sale.seller), supplies=tuple(map(replace, sale.supplies)))
    assert determine(sale) == determine(same)


@given(sales)
@settings(max_examples=80, deadline=None)
def test_lines_of_a_sale_are_decided_as_they_would_be_in_another_order(sale: Sale) -> None:
    turned = replace(sale, supplies=sale.supplies[::-1])
    assert determine(turned)[::-1] == determine(sale)


@given(sales)
@settings(max_examples=150, deadline=None)
def test_a_fact_that_is_given_is_no_longer_missing(sale: Sale) -> None:
    """Codes are left out: a code can be too short again, and of what it asks no code tells."""
    for index, decision in enumerate(determine(sale)):
        for missing in decision.missing:
            for answered in _answered(sale, missing.fact):
                left = determine(answered)[index].missing
                assert missing.fact not in {one.fact for one in left}


def _answered(sale: Sale, fact: str) -> Iterator[Sale]:
    """Yield the sale with each possible value of a fact that it lacks."""
    buyer = sale.buyer
    if fact == "seller.country":
        yield from (replace(sale, seller=replace(sale.seller, country=one)) for one in _LIKELY)
    if fact == "buyer.country":
        yield from (replace(sale, buyer=replace(buyer, country=one)) for one in _LIKELY)
    if fact == "buyer.kind":
        yield from (replace(sale, buyer=replace(buyer, kind=one)) for one in BuyerKind)
    if fact == "buyer.vies":
        answers = (Vies.VALID, Vies.INVALID)
        yield from (replace(sale, buyer=replace(buyer, vies=one)) for one in answers)
    if fact == "buyer.vat_id" and buyer.country is not None:
        letters = jurisdiction(buyer.country, sale.day).vat_prefix
        yield replace(sale, buyer=replace(buyer, vat_id=f"{letters}1"))
    if fact == "place_of_supply":
        yield from (replace(sale, place=one) for one in _LIKELY)
    if fact == "lines.kind":
        for kind in SupplyKind:
            lines = (replace(one, kind=one.kind or kind) for one in sale.supplies)
            yield replace(sale, supplies=tuple(lines))


@given(sales)
@settings(max_examples=80, deadline=None)
def test_a_fact_that_is_given_is_not_asked_for(sale: Sale) -> None:
    given_facts = {
        "seller.country": sale.seller.country is not None,
        "buyer.country": sale.buyer.country is not None,
        "buyer.kind": sale.buyer.kind is not None,
        "buyer.vies": sale.buyer.vies in {Vies.VALID, Vies.INVALID} or sale.buyer.vat_id is None,
        "place_of_supply": sale.place is not None,
    }
    for supply, decision in zip(sale.supplies, determine(sale), strict=True):
        for missing in decision.missing:
            assert not given_facts.get(missing.fact, False)
            assert missing.fact != "lines.kind" or supply.kind is None


@given(sales)
@settings(max_examples=80, deadline=None)
def test_alternatives_tell_the_truth(sale: Sale) -> None:
    stands = determine(sale)
    for index, changes in enumerate(alternatives(sale)):
        for change in changes:
            assert change.decision.result != stands[index].result
            assert not change.decision.missing
            assert determine(_changed(sale, change))[index] == change.decision


def _changed(sale: Sale, change: Change) -> Sale:
    buyer, seller = sale.buyer, sale.seller
    match change.fact:
        case "buyer.vies":
            return replace(sale, buyer=replace(buyer, vies=Vies(change.value)))
        case "buyer.vat_id":
            number = change.value.removesuffix("...")
            return replace(sale, buyer=replace(buyer, vat_id=number, vies=Vies.VALID))
        case "buyer.kind":
            return replace(sale, buyer=replace(buyer, kind=BuyerKind(change.value)))
        case "place_of_supply":
            return replace(sale, place=change.value)
        case "seller.schemes":
            added = Scheme(change.value.removeprefix("+"))
            return replace(sale, seller=replace(seller, schemes=seller.schemes | {added}))
        case fact:
            raise AssertionError(fact)


def test_a_sale_to_another_member_names_what_would_change_it() -> None:
    seller = Seller("DE", NUMBERS["DE"])
    buyer = Buyer("FR", NUMBERS["FR"], BuyerKind.BUSINESS, Vies.VALID)
    sale = Sale(datetime.date(2026, 3, 2), seller, buyer, (Supply(SupplyKind.SERVICE),))
    ((change, *others),) = alternatives(sale)
    assert (change.fact, change.value) == ("buyer.vies", "invalid")
    assert change.decision.result == ("S", Decimal(19), None, "DE")
    assert {one.fact for one in others} == {"buyer.kind"}


def test_a_business_without_number_hears_what_a_number_would_do() -> None:
    buyer = Buyer("GR", None, BuyerKind.BUSINESS)
    goods = (Supply(SupplyKind.GOODS),)
    sale = Sale(datetime.date(2026, 3, 2), Seller("DE", NUMBERS["DE"]), buyer, goods)
    (changes,) = alternatives(sale)
    (change,) = (one for one in changes if one.fact == "buyer.vat_id")
    assert change.value == "EL..."
    assert change.decision.result == ("K", Decimal(0), "VATEX-EU-IC", None)


@pytest.mark.parametrize("country", sorted(SYSTEMS))
def test_the_rate_of_days_before_the_oldest_declared_is_not_guessed(country: str) -> None:
    oldest = min(rate.since for rate in SYSTEMS[country].rates if rate.name == STANDARD)
    before = oldest - datetime.timedelta(days=1)
    seller, buyer = Seller(country, "123"), Buyer(country, None, BuyerKind.CONSUMER)
    (decision,) = determine(Sale(before, seller, buyer, (Supply(SupplyKind.GOODS),)))
    assert [one.fact for one in decision.missing] == ["law"]


def test_a_heading_is_read_as_one_of_its_parts_and_that_is_told() -> None:
    for kind, table in ((SupplyKind.GOODS, HEADINGS_CN), (SupplyKind.SERVICE, HEADINGS_CPA)):
        for heading, part in table.items():
            assert part.startswith(heading)
            assert len(part) > len(heading)
            assert meant(Supply(kind, item_code=heading)).item_code == part


def test_a_heading_that_was_read_is_told() -> None:
    seller = Seller("DE", NUMBERS["DE"])
    buyer = Buyer("DE", "DE129273398", BuyerKind.BUSINESS, Vies.VALID)
    telephones = Supply(SupplyKind.GOODS, Decimal(2500), "85 17")
    exactly = replace(telephones, item_code="85171300")
    both = Sale(datetime.date(2026, 3, 2), seller, buyer, (telephones, exactly), "DE")
    read, plain = determine(both)
    assert read.result == plain.result == ("AE", Decimal(0), "VATEX-EU-AE", None)
    assert read.assumed == ("85 17 is meant as 851713",)
    assert plain.assumed == ()


def test_goods_for_a_british_address_with_a_northern_irish_number_are_taken_to_go_there() -> None:
    buyer = Buyer("GB", "XI110305878", BuyerKind.BUSINESS, Vies.VALID)
    goods = (Supply(SupplyKind.GOODS),)
    sale = Sale(datetime.date(2026, 3, 2), Seller("DE", NUMBERS["DE"]), buyer, goods)
    (decision,) = determine(sale)
    assert [one.startswith("the goods are delivered in XI,") for one in decision.assumed] == [True]
    (changes,) = alternatives(sale)
    would = {
        change.value: change.decision for change in changes if change.fact == "place_of_supply"
    }
    assert would["GB"].result == ("G", Decimal(0), "VATEX-EU-G", None)
    assert would["GB"].assumed == ()


def test_the_value_of_a_consignment_is_that_of_all_its_goods() -> None:
    seller = Seller("CN", None, frozenset({Scheme.IOSS}))
    buyer = Buyer("DE", None, BuyerKind.CONSUMER)
    lines = tuple(Supply(SupplyKind.GOODS, Decimal(net)) for net in ("100", "50"))
    within = Sale(datetime.date(2026, 3, 2), seller, buyer, lines)
    assert [one.category for one in determine(within)] == ["S", "S"]
    cent_more = replace(within, supplies=(*lines, Supply(SupplyKind.GOODS, Decimal("0.01"))))
    assert [one.category for one in determine(cent_more)] == ["O", "O", "O"]
    service = replace(within, supplies=(*lines, Supply(SupplyKind.DIGITAL, Decimal(10))))
    assert [one.category for one in determine(service)] == ["S", "S", "S"]


def test_the_least_amount_of_a_sector_is_reached_by_several_lines() -> None:
    seller = Seller("DE", NUMBERS["DE"])
    buyer = Buyer("DE", "DE129273398", BuyerKind.BUSINESS, Vies.VALID)
    phones = Supply(SupplyKind.GOODS, Decimal(2500), "85171300")
    consoles = Supply(SupplyKind.GOODS, Decimal(2500), "95045000")
    books = Supply(SupplyKind.GOODS, Decimal(2500), "49019900")
    sale = Sale(datetime.date(2026, 3, 2), seller, buyer, (phones, consoles, books))
    assert [one.category for one in determine(sale)] == ["AE", "AE", "S"]
    fewer = replace(sale, supplies=(phones, books, books))
    assert [one.category for one in determine(fewer)] == ["S", "S", "S"]
