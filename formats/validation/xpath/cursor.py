"""A place in a sequence of words, and the names that can be read there."""

from collections.abc import Mapping
from typing import Never

from formats.validation.xpath.lexer import Token, XPathSyntaxError, tokens
from formats.validation.xpath.names import Names


class Cursor:
    """Looks at the words of an expression one after the other."""

    def __init__(
        self, text: str, namespaces: Mapping[str, str], default_element_namespace: str
    ) -> None:
        self.text = text
        self.names = Names(namespaces, default_element_namespace)
        self._ahead = tokens(text)  # asked as words are needed: much may stand after an error
        self._read = [next(self._ahead)]
        self._index = 0
        self.token: Token = self._read[0]

    def advance(self) -> Token:
        """Return the word here and go to the next; the last word, the end, is never passed."""
        token = self.token
        if token.kind != "end":
            self.token = self._following()
            self._index += 1
        return token

    def _following(self) -> Token:
        """Return the word after this one, which is not the end."""
        if self._index + 1 == len(self._read):
            self._read.append(next(self._ahead))
        return self._read[self._index + 1]

    def restart(self) -> None:
        """Go back to the first word."""
        self._index = 0
        self.token = self._read[0]

    def next_is(self, symbol: str) -> bool:
        """Whether the word after this one is the symbol."""
        if self.token.kind == "end":
            return False
        following = self._following()
        return following.kind == "symbol" and following.text == symbol

    def at(self, symbol: str) -> bool:
        """Whether the word here is the symbol."""
        return self.token.kind == "symbol" and self.token.text == symbol

    def accept(self, symbol: str) -> bool:
        """Go past the symbol if it is here."""
        if self.token.kind == "symbol" and self.token.text == symbol:
            self.advance()
            return True
        return False

    def expect(self, symbol: str) -> None:
        """Go past the symbol, which must be here."""
        if not self.accept(symbol):
            self.fail(repr(symbol))

    def expect_word(self, word: str) -> None:
        """Go past a keyword, which must be here."""
        if self.token.kind != "name" or self.token.text != word:
            self.fail(repr(word))
        self.advance()

    def expect_name(self, what: str) -> Token:
        """Return the name that must be here."""
        if self.token.kind != "name":
            self.fail(what)
        return self.advance()

    def expect_end(self) -> None:
        """Refuse anything that is left."""
        if self.token.kind != "end":
            self.fail("an operator or the end")

    def fail(self, expected: str, token: Token | None = None) -> Never:
        """Raise XPathSyntaxError at the word given, or here."""
        raise XPathSyntaxError(self.text, (token or self.token).position, expected)

    def undeclared(self, token: Token) -> Never:
        """Raise XPathSyntaxError for a name whose prefix is not declared (XPST0081)."""
        self.fail("a prefix that is declared", token)
