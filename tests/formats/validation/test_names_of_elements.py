"""Elements may be called what generated code calls its own variables."""

import pytest

from formats.validation.compiler.program import compiled
from formats.validation.document import Document
from formats.validation.runtime.engine import Program
from formats.validation.schematron.model import Check, Pattern, Rule, RuleSet
from formats.validation.xpath.parser import parse

TESTS = {
    "an index from the root": "//{0}[@y = '1']/number(.) = 3",
    "an index from above": "../{0}[@y = 'it''s \"1\"']/{0} = 4",
    "a sum over an index": "sum(../{0}[@y = current()/@y]/xs:decimal(text())) = 5",
    "a part that is not there": "not(../{0}[9]) and not(../*[19]) and not((../{0})[9])",
    "a sum asked twice": "for $w1 in @y return sum(../{0}[@y = $w1]/xs:decimal(text())) = 5",
}
DOCUMENT = """<r><{0} y="1">3</{0}><{0} y="2">5</{0}><q y="2">7</q>
  <{0} y='it&apos;s "1"'><{0}>4</{0}></{0}></r>"""


@pytest.mark.parametrize("test", TESTS.values(), ids=TESTS.keys())
@pytest.mark.parametrize("name", ["a", "T", "n", "w1", "b_0", "x", "up", "v1", "K1"])
def test_a_name_is_no_variable(name: str, test: str) -> None:
    namespaces = {"xs": "http://www.w3.org/2001/XMLSchema"}
    check = Check("R1", "report", parse(test.format(name), namespaces), "", ())
    rules = RuleSet("", (), (), (), (Pattern("p", (Rule((parse("q", {}),), (check,)),)),))
    code, exact = (
        compile(compiled(rules, optimise=optimise), "<rules>", "exec")
        for optimise in (True, False)
    )
    document = Document(DOCUMENT.format(name).encode())
    found, stopped, seen = Program(code, lambda: exact, {}).run(document.tree)
    assert ([number for number, _, _ in found], stopped, seen) == ([0], [], 1)
