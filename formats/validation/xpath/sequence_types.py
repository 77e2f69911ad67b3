"""Reads sequence types (`xs:date?`, `element(a)*`) and node tests (`p:*`, `text()`)."""

from typing import Literal as OneOf
from typing import cast

from formats.validation.xpath.cursor import Cursor
from formats.validation.xpath.syntax import KindTest, NameTest, SequenceType

KINDS = frozenset(
    {
        "node",
        "text",
        "comment",
        "processing-instruction",
        "element",
        "attribute",
        "document-node",
        "schema-element",
        "schema-attribute",
    }
)
RESERVED = KINDS | {"item", "empty-sequence", "if", "typeswitch"}
"""Names that cannot be functions (A.3), because a parenthesis after them means something else."""


class TypeReader(Cursor):
    """Reads what begins with the name of a type or of a kind of nodes."""

    def sequence_type(self) -> SequenceType:
        """SequenceType: an item type and how many."""
        if self.token.kind == "name" and self.next_is("("):
            if self.token.text == "empty-sequence":
                self._empty_parentheses()
                return SequenceType("empty-sequence()")
            if self.token.text == "item":
                self._empty_parentheses()
                return SequenceType("item()", self._occurrence())
            if self.token.text not in KINDS:
                self.fail("a sequence type")
            test = self.kind_test()
            argued = test if test.name is not None or test.type is not None else None
            return SequenceType(f"{test.kind}()", self._occurrence(), argued)
        return SequenceType(self._atomic_type(), self._occurrence())

    def single_type(self) -> SequenceType:
        """SingleType: an atomic type and perhaps `?`, as `cast` takes it."""
        name = self._atomic_type()
        return SequenceType(name, "?" if self.accept("?") else "")

    def kind_test(self) -> KindTest:
        """KindTest: the word here is one of KINDS and a parenthesis follows."""
        token = self.advance()
        kind = token.text
        if kind.startswith("schema-"):
            self.fail("a test that needs no imported schema", token)
        self.expect("(")
        name: NameTest | None = None
        type_name: str | None = None
        if not self.at(")"):
            if kind == "document-node":
                name = self._document_element()
            elif kind == "processing-instruction":
                name = self._target()
            elif kind in {"element", "attribute"}:
                name, type_name = self._named(element=kind == "element")
        self.expect(")")
        return KindTest(
            cast(
                OneOf[
                    "node",
                    "text",
                    "comment",
                    "processing-instruction",
                    "element",
                    "attribute",
                    "document-node",
                ],
                kind,
            ),
            name,
            type_name,
        )

    def name_test(self, *, element: bool) -> NameTest:
        """NameTest: a name or a wildcard; of elements or of what has no default namespace."""
        token = self.token
        if token.kind == "symbol" and token.text == "*":
            self.advance()
            return NameTest(None, None)
        if token.kind not in {"name", "wildcard"}:
            self.fail("a name, a node test or '*'")
        self.advance()
        try:
            if token.kind == "name":
                resolve = self.names.element if element else self.names.attribute
                return NameTest(*resolve(token.text))
            prefix, _, local = token.text.partition(":")
            if prefix == "*":
                return NameTest(None, local)
            return NameTest(self.names.namespace(prefix), None)
        except KeyError:
            self.undeclared(token)

    def _empty_parentheses(self) -> None:
        self.advance()
        self.expect("(")
        self.expect(")")

    def _occurrence(self) -> OneOf["", "?", "*", "+"]:
        """`?`, `*` or `+` here always belongs to the type (constraint occurrence-indicators)."""
        if self.accept("?"):
            return "?"
        if self.accept("*"):
            return "*"
        return "+" if self.accept("+") else ""

    def _atomic_type(self) -> str:
        token = self.expect_name("the name of a type")
        try:
            return self.names.type(token.text)
        except KeyError:
            self.undeclared(token)

    def _document_element(self) -> NameTest:
        """`document-node(element(a))`: the name of the element; any when it has none."""
        if not (self.token.kind == "name" and self.token.text == "element" and self.next_is("(")):
            self.fail("'element('")
        return self.kind_test().name or NameTest(None, None)

    def _target(self) -> NameTest:
        """The target of a processing instruction, a name without prefix or a string."""
        token = self.advance()
        if token.kind not in {"name", "string"} or ":" in token.text:
            self.fail("the target of a processing instruction", token)
        return NameTest("", token.text.strip())

    def _named(self, *, element: bool) -> tuple[NameTest, str | None]:
        """`element(name, type?)`: a name or `*`, and perhaps a type."""
        if self.token.kind == "wildcard":
            self.fail("a name or '*'")
        name = self.name_test(element=element)
        if not self.accept(","):
            return name, None
        type_name = self._atomic_type()
        if element:
            self.accept("?")  # nilled or not: without a schema no element is nilled
        return name, type_name
