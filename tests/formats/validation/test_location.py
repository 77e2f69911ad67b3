import pytest

from formats import xml
from formats.findings import Finding, Flag
from formats.validation.location import with_lines

DOCUMENT = xml.parse(b"""<a xmlns="urn:x" xmlns:b="urn:y">
 <line/>
 <b:line/>
 <line>
  <amount currencyID="EUR">1</amount>
 </line>
</a>""")


def step(name: str, number: int, uri: str = "urn:x") -> str:
    return f"/*:{name}[namespace-uri()='{uri}'][{number}]"


@pytest.mark.parametrize(
    ("location", "line"),
    [
        (step("a", 1), 1),
        (step("a", 1) + step("line", 1), 2),
        (step("a", 1) + step("line", 1, "urn:y"), 3),
        (step("a", 1) + step("line", 2), 4),
        (step("a", 1) + step("line", 2) + step("amount", 1), 5),
        (step("a", 1) + step("line", 2) + step("amount", 1) + "/@currencyID", 5),
        (step("a", 2), None),
        (step("a", 0), None),
        (step("b", 1), None),
        (step("a", 1) + step("line", 3), None),
        (step("a", 1) + "/line[2]", None),
        ("", None),
    ],
)
def test_a_location_leads_to_its_line(location: str, line: int | None) -> None:
    finding = Finding("R", "r", Flag.FATAL, "m", location=location)
    assert with_lines([finding], DOCUMENT)[0].line == line


def test_a_line_that_is_known_stays() -> None:
    findings = (
        Finding("R", "r", Flag.FATAL, "m", location=step("a", 1), line=9),
        Finding("R", "r", Flag.FATAL, "m"),
    )
    assert [finding.line for finding in with_lines(findings, DOCUMENT)] == [9, None]
