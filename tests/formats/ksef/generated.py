"""Random documents by the content models: what the schema takes, whether or not it makes sense."""

import random
import re
from collections.abc import Iterator

from formats.ksef.facets import check_of
from formats.ksef.structure import CONTENT
from formats.ksef.tree import Tree, layout, type_of

_TOKEN = re.compile(r"[A-Za-z_]\w*|[()|?]|\{[0-9]+,[0-9]*\}")
_VALUES = (
    *("1", "2", "FA", "3", "VAT", "KOR", "ROZ", "23", "zw", "np II", "PL", "DE", "PLN", "EUR"),
    *("2026-02-01", "2026-02-01T10:00:00Z", "-10.5", "12.34", "0", "7", "5265877635"),
    *("5265877635-00001", "9999999999-20230908-8BEF280C8D35-4D", "GTU_01", "WSTO_EE", "txt"),
    *("0000099999", "123456789", "a@b.pl", "61109010140000071219812874", "BREXPLPW", "x y; z"),
    *("https://a.pl/?IPKSeF=123abcdefghij", "123abcdefghij", "00-001 Warszawa", "; ", "art. 43"),
)


class Generator:
    """One seed, one document."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - test data

    def tree(self, kind: str = "Faktura", depth: int = 0) -> Tree:
        """Return a tree of a type."""
        tokens = _TOKEN.findall(CONTENT[kind])
        tree: Tree = {}
        for name in self._sequence(iter([*tokens, ")"]), depth):
            inner = type_of(kind, name)
            value = self._value(name) if inner is None else self.tree(inner, depth + 1)
            if name in layout(kind).several:
                tree.setdefault(name, []).append(value)
            else:
                tree[name] = value
        return tree

    def _value(self, name: str) -> str:
        fitting = [value for value in _VALUES if check_of(name)(value.strip()) is None]
        return self._random.choice(fitting).strip()

    def _sequence(self, tokens: Iterator[str], depth: int) -> list[str]:
        """Return the names of one way through a group; takes its closing parenthesis."""
        ways: list[list[list[str]]] = [[]]
        for word in tokens:
            if word == ")":
                break
            if word == "|":
                ways.append([])
            elif word == "(":
                ways[-1].append(self._sequence(tokens, depth))
            elif word == "?":
                ways[-1].append(ways[-1].pop() if self._random.random() < 0.6 else [])
            elif word[0] == "{":
                least, most = word[1:-1].split(",")
                count = self._random.randint(int(least), min(int(least) + 2, int(most or 3)))
                ways[-1].append(ways[-1].pop() * count)
            else:
                ways[-1].append([word])
        return [name for part in self._random.choice(ways) for name in part]
