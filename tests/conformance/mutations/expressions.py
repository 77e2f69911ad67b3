"""Names, paths and literals found in XPath expressions by their tokens alone.

Not a parser: the mutations must not learn from the compiler what they are to test it with.
"""

import re
from collections.abc import Mapping

_TOKEN = re.compile(
    r"""(?P<string>'[^']*'|"[^"]*")|(?P<variable>\$\s*[\w:.-]+)"""
    r"""|(?P<call>(?:[\w-]+:)?[A-Za-z_][\w.-]*(?=\s*\())|(?P<axis>[a-z-]+::)"""
    r"""|(?P<name>@?(?:(?:[A-Za-z_][\w.-]*|\*):)?(?:[A-Za-z_][\w.-]*|(?<=:)\*))"""
    r"""|(?P<step>//|/|\.\.)|(?P<other>\S)"""
)
_WORDS = re.compile(
    "(and|or|div|mod|idiv|eq|ne|lt|gt|le|ge|is|to|in|return|satisfies|some|every|for|if|then|else"
    "|instance|of|castable|cast|as|treat|union|intersect|except)$"
)

Step = str
"""`..`, an attribute as `@name`, or an element's Clark name."""


def element_names(text: str, namespaces: Mapping[str, str]) -> set[str]:
    """Return the Clark names of the elements an expression speaks of."""
    return {
        step
        for path in paths(text, namespaces)
        for step in path[1]
        if step != ".." and not step.startswith("@")
    }


def attribute_names(text: str) -> set[str]:
    """Return the names of the attributes without prefix that an expression speaks of."""
    return set(re.findall(r"@([A-Za-z_][\w.-]*)(?!:)", text))


def literal_words(text: str) -> set[str]:
    """Return string literals, and the words of those that are lists of codes."""
    found: set[str] = set()
    for token in _TOKEN.finditer(text):
        if token.lastgroup == "string" and (content := token[0][1:-1]).strip():
            words = content.split()
            found.update(words[:40] if len(words) > 2 else [content])
    return found


def paths(text: str, namespaces: Mapping[str, str]) -> list[tuple[bool, tuple[Step, ...]]]:
    """Return the paths of an expression, predicates left out: whether absolute, and the steps."""
    found: list[tuple[bool, list[Step]]] = []
    before = "nothing"  # "step", "slash": what the token before was
    for token in _TOKEN.finditer(without_predicates(text)):
        kind, word = token.lastgroup, token[0]
        if kind == "axis":
            continue
        if word in {"/", "//"}:
            if before == "nothing":
                found.append((True, []))
            before = "slash"
            continue
        step = _step(kind, word, namespaces)
        if step is None:
            before = "nothing"
            continue
        if before != "slash":
            found.append((False, []))
        found[-1][1].append(step)
        before = "step"
    return [(absolute, tuple(steps)) for absolute, steps in found if steps]


def without_predicates(text: str) -> str:
    """Return an expression without what stands in square brackets, however deep."""
    previous = None
    while previous != text:
        previous, text = text, re.sub(r"\[(?:[^\[\]'\"]|'[^']*'|\"[^\"]*\")*\]", "", text)
    return text


def alternatives(pattern: str) -> list[str]:
    """Return the operands of `|` at the top of a pattern."""
    parts = [""]
    depth = 0
    for token in re.finditer(r"'[^']*'|\"[^\"]*\"|.", pattern, re.DOTALL):
        depth += (token[0] in "([") - (token[0] in ")]")
        if token[0] == "|" and depth == 0:
            parts.append("")
        else:
            parts[-1] += token[0]
    return [part.strip() for part in parts if part.strip()]


def _step(kind: str | None, word: str, namespaces: Mapping[str, str]) -> Step | None:
    if word == "..":
        return word
    if kind != "name" or _WORDS.match(word):
        return None
    if word.startswith("@"):
        return word if ":" not in word else None
    prefix, _, local = word.rpartition(":")
    if local == "*" or prefix == "*" or (prefix and prefix not in namespaces):
        return None
    uri = namespaces.get(prefix)
    return f"{{{uri}}}{local}" if uri else local
