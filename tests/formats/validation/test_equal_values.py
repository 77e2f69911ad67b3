"""Values that Python calls equal are told apart where XPath tells them apart."""

import datetime

import pytest

from formats.validation.compiler.program import compiled
from formats.validation.document import Document
from formats.validation.runtime.engine import Program
from formats.validation.schematron.model import Check, Let, Pattern, Rule, RuleSet
from formats.validation.xpath.parser import parse

NAMESPACES = {"xs": "http://www.w3.org/2001/XMLSchema"}
DOCUMENT = b'<r><q y="1">3</q><q y="2">5</q><a x="1" y="1"/></r>'
SUM = "sum(for $s in {}, $i in string(@x) return sum(//q[@y=$i]/{})) = {}"
WHOLE = "(if ($s instance of xs:integer) then 10 else 1)"
TESTS = {
    "one and true": SUM.format("(1, true())", "string-length(string($s))", 5),
    "zeros": SUM.format("(0e0, -0e0)", "string-length(string($s))", 3),
    "an integer and a decimal": SUM.format("(1, 1.0)", WHOLE, 11),
    "an integer and a double": SUM.format("(1, 1e0)", WHOLE, 11),
    "untyped and text": SUM.format(
        "((@y, @x)/data(.), string(@x))",
        "(if ($s instance of xs:string) then 10 else 1)",
        12,
    ),
    "a variable that waits": "sum(//q[@y = $k]/xs:decimal(.)) = 3",
    "the moment is no element": "not(//now) and count(//now) = 0",
}


@pytest.mark.parametrize("test", TESTS.values(), ids=TESTS.keys())
def test_equal_is_not_the_same(test: str) -> None:
    lazily = Let("k", parse("string-join(for $i in @x return string($i), '')", NAMESPACES))
    check = Check("R1", "report", parse(test, NAMESPACES), "", ())
    rule = Rule((parse("a", {}),), (lazily, check))
    rules = RuleSet("", (), (), (), (Pattern("p", (rule,)),))
    quick, exact = (
        compile(compiled(rules, optimise=optimise), "<rules>", "exec")
        for optimise in (True, False)
    )
    for code in (quick, exact):
        document = Document(DOCUMENT)
        now = datetime.datetime(2026, 11, 21, tzinfo=datetime.UTC)
        found, stopped, _ = Program(code, lambda: exact, {}).run(document.tree, now)
        assert ([number for number, _, _ in found], stopped) == ([0], [])
