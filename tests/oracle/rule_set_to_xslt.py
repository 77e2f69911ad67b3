"""A rule set, as it was read, written as XSLT 2.0: Saxon then says whether reading kept its sense.

For tests only, and only for what rule sets of expressions have: no functions, keys or content.
"""

from decimal import Decimal

from lxml import etree

from formats.validation.schematron.model import Check, Let, RuleSet
from formats.validation.xpath.syntax import (
    Arithmetic,
    Call,
    Comparison,
    ContextItem,
    Expression,
    Filter,
    For,
    If,
    KindTest,
    Literal,
    Logical,
    NameTest,
    Path,
    Quantified,
    Range,
    Sequence,
    SetOperation,
    Step,
    TypeOperation,
    Unary,
    Variable,
)
from tests.oracle.schematron_to_xslt import BELOW, PLACES, SVRL, XSL

VALUE = {"=": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge"}
TYPED = {
    "castable": "castable as",
    "cast": "cast as",
    "instance": "instance of",
    "treat": "treat as",
}
XS = "http://www.w3.org/2001/XMLSchema"


class Writer:
    """Writes expressions; every namespace gets a prefix."""

    def __init__(self) -> None:
        self.prefixes: dict[str, str] = {XS: "xs"}

    def text(self, tree: Expression) -> str:  # noqa: C901, PLR0911, PLR0912 - one case a form
        """Return an expression as text, every operand in parentheses."""
        match tree:
            case Literal(value=str(value)):
                return "'" + value.replace("'", "''") + "'"
            case Literal(value=int() | Decimal() as value):
                return str(value)
            case Variable(name=name):
                return f"${name}"
            case ContextItem():
                return "."
            case Sequence(items=items):
                return f"({', '.join(map(self.text, items))})"
            case For(bindings=bindings, result=result):
                bound = ", ".join(f"${name} in {self.text(items)}" for name, items in bindings)
                return f"(for {bound} return {self.text(result)})"
            case Logical(operator=operator, operands=operands):
                return "(" + f" {operator} ".join(map(self.text, operands)) + ")"
            case Comparison(kind=kind, operator=operator, left=left, right=right):
                spelled = VALUE[operator] if kind == "value" else operator
                return f"({self.text(left)} {spelled} {self.text(right)})"
            case (
                SetOperation(operator=operator, left=left, right=right)
                | Arithmetic(operator=operator, left=left, right=right)
            ):
                return f"({self.text(left)} {operator} {self.text(right)})"
            case Range(start=start, end=end):
                return f"({self.text(start)} to {self.text(end)})"
            case If(condition=condition, then=then, otherwise=otherwise):
                branches = f"then {self.text(then)} else {self.text(otherwise)}"
                return f"(if ({self.text(condition)}) {branches})"
            case Quantified(kind=kind, bindings=bindings, condition=condition):
                bound = ", ".join(f"${name} in {self.text(items)}" for name, items in bindings)
                return f"({kind} {bound} satisfies {self.text(condition)})"
            case Unary(operator=operator, operand=operand):
                return f"({operator}{self.text(operand)})"
            case TypeOperation(operator=operator, operand=operand, type=type_):
                words = TYPED[operator]
                return f"({self.text(operand)} {words} {type_.item}{type_.occurrence})"
            case Call(name=name, arguments=arguments) if not name.startswith("{"):
                return f"{name}({', '.join(map(self.text, arguments))})"
            case Filter(primary=primary, predicates=predicates):
                return f"({self.text(primary)})" + self._predicates(predicates)
            case Step(axis=axis, test=test, predicates=predicates):
                return f"{axis}::{self._test(test)}" + self._predicates(predicates)
            case Path(absolute=absolute, steps=steps):
                return "/" * absolute + "/".join(map(self.text, steps))
        raise AssertionError(tree)

    def _predicates(self, predicates: tuple[Expression, ...]) -> str:
        return "".join(f"[{self.text(each)}]" for each in predicates)

    def _test(self, test: NameTest | KindTest) -> str:
        match test:
            case KindTest(kind=kind, name=None):
                return f"{kind}()"
            case NameTest(namespace=None, local=local):
                return "*" if local is None else f"*:{local}"
            case NameTest(namespace="", local=str(local)):
                return local
            case NameTest(namespace=str(namespace), local=local):
                prefix = self.prefixes.setdefault(namespace, f"n{len(self.prefixes)}")
                return f"{prefix}:{local or '*'}"
        raise AssertionError(test)


def stylesheet(rule_set: RuleSet) -> bytes:
    """Return the stylesheet of a rule set."""
    assert not rule_set.functions
    assert not rule_set.keys
    writer = Writer()
    holder = etree.Element("holder")
    report = etree.SubElement(_add(holder, "template", match="/"), f"{SVRL}schematron-output")
    for variable in rule_set.variables:
        _let(holder, variable, writer)
    for number, pattern in enumerate(rule_set.patterns):
        mode = f"M{number}"
        _add(report, "apply-templates", select="/", mode=mode)
        for place, rule in enumerate(pattern.rules):
            match = " | ".join(map(writer.text, rule.context))
            template = _add(
                holder, "template", match=match, mode=mode, priority=str(1_000_000 - place)
            )
            etree.SubElement(template, f"{SVRL}fired-rule")
            for part in rule.body:
                if isinstance(part, Let):
                    _let(template, part, writer)
                else:
                    assert isinstance(part, Check)
                    _check(template, part, writer)
            _below(template, mode)
        _add(holder, "template", match="text()", mode=mode, priority="-1")
        _below(_add(holder, "template", match="@*|node()", mode=mode, priority="-2"), mode)
    spaces = {prefix: namespace for namespace, prefix in writer.prefixes.items()}
    sheet = etree.Element(f"{XSL}stylesheet", {"version": "2.0"}, nsmap=spaces)
    sheet.extend([*etree.fromstring(PLACES), *holder])
    return etree.tostring(sheet)


def _check(template: etree._Element, check: Check, writer: Writer) -> None:
    test = writer.text(check.test)
    kind = "failed-assert" if check.kind == "assert" else "successful-report"
    place = _add(template, "if", test=f"not({test})" if check.kind == "assert" else test)
    found = etree.SubElement(place, f"{SVRL}{kind}")
    if check.id:
        found.set("id", check.id)
    if check.severity:
        found.set("flag", check.severity)
    location = _add(found, "attribute", name="location")
    _add(location, "apply-templates", select=".", mode="place")
    text = etree.SubElement(found, f"{SVRL}text")
    for part in check.message:
        if isinstance(part, str):
            _add(text, "text").text = part
        else:
            _add(text, "value-of", select=writer.text(part))


def _let(parent: etree._Element, let: Let, writer: Writer) -> None:
    assert not isinstance(let.value, tuple)
    _add(parent, "variable", name=let.name, select=writer.text(let.value))


def _below(template: etree._Element, mode: str) -> None:
    for select in BELOW:
        _add(template, "apply-templates", select=select, mode=mode)


def _add(parent: etree._Element, tag: str, /, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{XSL}{tag}", attributes)
