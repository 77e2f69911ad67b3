"""What holds for every country. A country's own test derives from this and gives samples."""

import datetime
import itertools
from decimal import Decimal
from typing import ClassVar
from zoneinfo import available_timezones

import pytest

from countries.base import Basis, Country, Flow, Rate, RecordKind, Source, Subject
from countries.registry import COUNTRIES
from formats.en16931.codes.currencies import CURRENCIES
from formats.en16931.codes.identifiers import EAS
from formats.registry import PROFILES
from tests.formats.samples import invoice

_OLDEST = datetime.date(2015, 1, 1)
DAYS = tuple(_OLDEST + datetime.timedelta(days=number) for number in range(26 * 366))
"""Every day an archive could hold documents of, imported ones included, and years to come."""


def _sources(country: Country) -> list[Source]:
    return [
        *(rate.source for rate in country.rates),
        *(mandate.source for mandate in country.mandates),
        *(period.source for period in country.retention),
        *(deadline.source for deadline in country.deadlines),
    ]


def _rates_by_name(country: Country) -> dict[str, list[Rate]]:
    ordered = sorted(country.rates, key=lambda rate: (rate.name, rate.since))
    return {
        name: list(rates) for name, rates in itertools.groupby(ordered, lambda rate: rate.name)
    }


class CountrySuite:
    """Checks of one country; `code` and `samples` are the subclass's.

    Attributes:
        code: ISO 3166-1 alpha-2.
        samples: By the identifier's name: numbers to accept and numbers to refuse.
        rates: Days and the rates in force on them, by name.
        returned: Names of rates that the law took away and brought back.
    """

    code: ClassVar[str]
    samples: ClassVar[dict[str, tuple[tuple[str, ...], tuple[str, ...]]]]
    rates: ClassVar[dict[str, dict[str, str]]]
    returned: ClassVar[frozenset[str]] = frozenset()

    @pytest.fixture
    def country(self) -> Country:
        return COUNTRIES[self.code]

    def test_currency_and_time_zone_exist(self, country: Country) -> None:
        assert country.currency in CURRENCIES
        assert country.timezone in available_timezones()
        assert country.zone.key == country.timezone

    def test_rates_of_one_name_do_not_overlap_and_leave_no_gap(self, country: Country) -> None:
        assert "standard" in _rates_by_name(country)
        for name, rates in _rates_by_name(country).items():
            for earlier, later in itertools.pairwise(rates):
                assert earlier.until is not None
                away = later.since - earlier.until - datetime.timedelta(days=1)
                assert (away > datetime.timedelta()) == (name in self.returned)
            assert rates[-1].until is None

    def test_rates_are_percentages_and_their_days_are_in_order(self, country: Country) -> None:
        for rate in country.rates:
            assert Decimal(0) <= rate.percent < Decimal(100)
            assert rate.until is None or rate.since <= rate.until

    def test_rates_follow_the_law_in_force(self, country: Country) -> None:
        for day, expected in self.rates.items():
            in_force = country.rates_on(datetime.date.fromisoformat(day))
            assert {rate.name: str(rate.percent) for rate in in_force} == expected, day

    def test_a_rate_holds_from_its_first_day_to_its_last(self, country: Country) -> None:
        one = datetime.timedelta(days=1)
        for rate in country.rates:
            assert rate in country.rates_on(rate.since)
            assert rate not in country.rates_on(rate.since - one)
            if rate.until is not None:
                assert rate in country.rates_on(rate.until)
                assert rate not in country.rates_on(rate.until + one)

    def test_every_day_has_exactly_one_standard_rate(self, country: Country) -> None:
        for day in DAYS:
            names = [rate.name for rate in country.rates_on(day)]
            assert names.count("standard") == 1, day
            assert len(names) == len(set(names)), day

    def test_every_identifier_has_samples(self, country: Country) -> None:
        assert {identifier.name for identifier in country.identifiers} == set(self.samples)

    def test_identifiers_accept_real_numbers_and_refuse_broken_ones(
        self, country: Country
    ) -> None:
        for identifier in country.identifiers:
            good, broken = self.samples[identifier.name]
            assert good
            assert broken
            for number in good:
                assert identifier.is_valid(number), (identifier.name, number)
                assert identifier.is_valid(identifier.compact(number))
            for number in (*broken, "", "x"):
                assert not identifier.is_valid(number), (identifier.name, number)

    def test_schemes_are_in_the_official_list(self, country: Country) -> None:
        schemes = {identifier.scheme for identifier in country.identifiers} - {None}
        assert schemes <= set(EAS)
        assert {address.scheme for address in country.addresses} <= set(EAS)

    def test_addresses_are_made_from_declared_numbers(self, country: Country) -> None:
        assert country.addresses
        for address in country.addresses:
            assert country.identifier(address.kind) is not None

    def test_mandates_name_existing_profiles(self, country: Country) -> None:
        for mandate in country.mandates:
            assert set(mandate.profiles) <= set(PROFILES)
            assert mandate.formats
            assert mandate.channel

    def test_a_mandate_holds_from_its_first_day(self, country: Country) -> None:
        for mandate in country.mandates:
            assert mandate in country.mandates_on(mandate.since, mandate.flow)
            before = mandate.since - datetime.timedelta(days=1)
            assert mandate not in country.mandates_on(before, mandate.flow)
            for other in set(Flow) - {mandate.flow}:
                assert mandate not in country.mandates_on(mandate.since, other)

    def test_sources_have_a_title_a_link_and_a_day(self, country: Country) -> None:
        for source in _sources(country):
            assert source.title
            assert source.url.startswith("https://")
            assert source.read_on <= datetime.date(2026, 11, 21)

    def test_what_is_from_memory_says_so_or_shows_what_was_read(self, country: Country) -> None:
        for source in _sources(country):
            if source.confidence == "A":
                assert source.note, f"{source.title}: what was read?"

    def test_every_invoice_has_a_last_day_by_every_law_since_its_issue(
        self, country: Country
    ) -> None:
        for number, day in enumerate(DAYS):
            asked = DAYS[min(len(DAYS) - 1, number + number % 4000)]
            found = country.kept(Basis(issued=day), asked)
            assert found.rule.covers(day), day
            assert found.rule.is_law_on(asked), day
            assert (found.until.month, found.until.day) == (12, 31), day
            assert found.until.year - day.year == found.rule.years, day
            assert found.until >= day, day

    @pytest.mark.parametrize("kind", RecordKind)
    def test_every_kind_has_a_last_day(self, country: Country, kind: RecordKind) -> None:
        for day in DAYS[::29]:
            own = country.kept(Basis(issued=day, kinds=frozenset({kind})), day)
            assert own.until >= day, day

    @pytest.mark.parametrize("subject", Subject)
    def test_what_is_adjusted_for_years_is_kept_at_least_as_long(
        self, country: Country, subject: Subject
    ) -> None:
        for day in DAYS[::29]:
            ordinary = country.kept(Basis(issued=day), day)
            about = country.kept(Basis(issued=day, subjects=frozenset({subject})), day)
            assert about.until >= ordinary.until, day

    def test_rules_bear_the_country_s_code_and_a_number(self, country: Country) -> None:
        assert country.rules
        for number, rule in enumerate(country.rules, start=1):
            assert rule == f"{self.code}-{number:02}"

    def test_the_law_finds_nothing_wrong_with_somebody_else_s_invoice(
        self, country: Country
    ) -> None:
        abroad = {"name": "A", "vat_identifier": "FR00000000000"}
        assert country.check(invoice(seller=abroad)) == ()
