import hashlib
from collections.abc import Callable
from dataclasses import replace

import pytest

from formats.findings import Finding
from formats.validation.engine import EngineError
from gateway.compliance.oracle import SaxonOracle, SaxonRefusedError
from schemas import Artefact


def rules(findings: tuple[Finding, ...]) -> list[str]:
    return sorted(finding.rule for finding in findings)


def without_number(example: bytes) -> bytes:
    start = example.index(b"<cbc:ID>")
    end = example.index(b"</cbc:ID>") + len(b"</cbc:ID>")
    return example[:start] + example[end:]


def test_a_valid_invoice_has_no_fatal_finding(
    oracle: SaxonOracle, en_16931: Artefact, example: bytes
) -> None:
    assert oracle.run(en_16931, example) == ()


def test_a_broken_rule_is_found_under_its_id_and_place(
    oracle: SaxonOracle, en_16931: Artefact, example: bytes
) -> None:
    found = oracle.run(en_16931, without_number(example))
    assert rules(found) == ["BR-02"]
    assert found[0].location == (
        "/*:Invoice[namespace-uri()='urn:oasis:names:specification:ubl:schema:xsd:Invoice-2'][1]"
    )


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_the_encoding_is_the_documents_own(
    oracle: SaxonOracle, en_16931: Artefact, example: bytes, encoding: str
) -> None:
    declared = "UTF-16" if "16" in encoding else "UTF-8"
    text = without_number(example).decode().replace('"UTF-8"', f'"{declared}"', 1)
    assert rules(oracle.run(en_16931, text.encode(encoding))) == ["BR-02"]


def test_an_encoding_saxon_would_ignore_is_no_verdict(
    oracle: SaxonOracle, en_16931: Artefact, example: bytes
) -> None:
    with pytest.raises(EngineError):
        oracle.run(en_16931, example.replace(b'"UTF-8"', b'"ISO-8859-1"', 1))
    with pytest.raises(EngineError):
        oracle.run(en_16931, example.replace(b"</Invoice>", b"<!-- \xff --></Invoice>"))


def test_a_document_no_rule_knows_is_no_verdict(oracle: SaxonOracle, en_16931: Artefact) -> None:
    with pytest.raises(EngineError, match="no rule"):
        oracle.run(en_16931, b"<Order/>")


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("<xsl:sequence select='error()'/>", id="stops with an error"),
        pytest.param("<xsl:message terminate='yes'>no</xsl:message>", id="terminates"),
        pytest.param("<xsl:value-of select='1 div 0'/>", id="divides by zero"),
        pytest.param("", id="answers nothing"),
        pytest.param("ok", id="answers text"),
        pytest.param("<html/>", id="answers something else"),
        pytest.param("<svrl:schematron-output/>", id="looks at nothing"),
        pytest.param("<xsl:value-of select='no:such()'/>", id="does not compile"),
    ],
)
def test_rules_without_a_verdict_are_an_error_and_the_worker_lives(
    oracle: SaxonOracle,
    en_16931: Artefact,
    example: bytes,
    body: str,
    stylesheet: Callable[[str], Artefact],
) -> None:
    with pytest.raises(EngineError):
        oracle.run(stylesheet(body), example)
    assert oracle.run(en_16931, example) == ()


@pytest.mark.parametrize(
    "step", [101, pytest.param(1, marks=[pytest.mark.full, pytest.mark.timeout(1800)])]
)
def test_every_rule_that_raises_is_an_error(en_16931: Artefact, example: bytes, step: int) -> None:
    """The real rules, one at a time made to raise: none is skipped over in silence.

    Compiling takes half a second, so by default it is every 101st of them.
    """
    parts = en_16931.content.decode().split('<xsl:when test="')
    reached = 0
    with SaxonOracle() as oracle:
        for index in range(1, len(parts), step):
            broken = [*parts[:index], f"error() and {parts[index]}", *parts[index + 1 :]]
            content = '<xsl:when test="'.join(broken).encode()
            sha256 = hashlib.sha256(content).hexdigest()
            rules = replace(en_16931, sha256=sha256, files={en_16931.entry: content})
            try:
                # Rules about what this invoice does not have are not asked; nothing may change.
                assert oracle.run(rules, example) == ()
            except SaxonRefusedError:
                reached += 1
    assert reached >= len(range(1, len(parts), step)) // 4


def test_a_worker_makes_room_for_ever_more_rule_sets(
    example: bytes, monkeypatch: pytest.MonkeyPatch, stylesheet: Callable[[str], Artefact]
) -> None:
    monkeypatch.setattr("gateway.compliance.oracle._MOST_STYLESHEETS", 2)
    body = "<svrl:schematron-output><svrl:fired-rule/>{}</svrl:schematron-output>"
    seen: set[int] = set()
    with SaxonOracle() as oracle:
        for number in (1, 2, 3, 1, 2, 3):
            found = oracle.run(
                stylesheet(body.format(f'<svrl:failed-assert id="R{number}"/>')), example
            )
            assert rules(found) == [f"R{number}"]
            seen.update(oracle.process_ids)
    assert len(seen) == 3


@pytest.mark.parametrize(
    "document", [b"", b" ", b"<Invoice", b"\x00", b"\xff\xfe<\x00", b"<a>&b;</a>"]
)
def test_what_is_not_xml_is_an_error(
    oracle: SaxonOracle, en_16931: Artefact, document: bytes
) -> None:
    with pytest.raises(EngineError):
        oracle.run(en_16931, document)
