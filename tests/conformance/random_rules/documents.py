"""Random documents: small, with the same names and values again and again."""

from random import Random
from xml.sax.saxutils import escape, quoteattr

from tests.conformance.random_rules.vocabulary import ATTRIBUTES, ELEMENTS, NAMESPACES, VALUES


def document(random: Random) -> bytes:
    """Return a document."""
    values = random.sample(VALUES, 6)
    declared = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    if random.random() < 0.1:
        declared += ' xmlns:p2="urn:p"'
    root = random.choice(("p:a", "p:a", "p:r"))
    content = _content(random, values, 0, again="p2:" if "p2" in declared else "")
    before = "<!--first-->" if random.random() < 0.2 else ""
    after = "<?end x?>" if random.random() < 0.1 else ""
    attributes = _attributes(random, values)
    return f"{before}<{root}{declared}{attributes}>{content}</{root}>{after}".encode()


def _value(random: Random, values: list[str]) -> str:
    # Mostly of the few of this document: equal values are what indexes are about.
    return random.choice(values) if random.random() < 0.75 else random.choice(VALUES)


def _attributes(random: Random, values: list[str]) -> str:
    return "".join(
        f" {name}={quoteattr(_value(random, values))}"
        for name in ATTRIBUTES
        if random.random() < 0.4
    )


def _content(random: Random, values: list[str], depth: int, again: str) -> str:
    if depth and random.random() < 0.25 + 0.2 * depth:
        return _text(random, values)
    pieces: list[str] = []
    for _ in range(random.choice((0, 1, 2, 2, 3, 3, 4, 5) if depth else (2, 3, 4, 5, 6))):
        name = random.choice(ELEMENTS[:4] if random.random() < 0.85 else ELEMENTS)
        if again and name.startswith("p:") and random.random() < 0.2:
            name = again + name[2:]
        times = random.choice((1, 1, 1, 2, 3))
        for _ in range(times):
            inner = _content(random, values, depth + 1, again) if depth < 4 else ""
            pieces.append(f"<{name}{_attributes(random, values)}>{inner}</{name}>")
    if random.random() < 0.3:
        random.shuffle(pieces)
    white = "\n " if random.random() < 0.3 else ""
    if random.random() < 0.15:
        pieces.insert(random.randrange(len(pieces) + 1), _text(random, values))
    if random.random() < 0.1:
        pieces.insert(random.randrange(len(pieces) + 1), "<!-- 1 -->")
    return white + white.join(pieces)


def _text(random: Random, values: list[str]) -> str:
    value = _value(random, values)
    chance = random.random()
    if chance < 0.05:
        return f"<![CDATA[{value}]]>"
    if chance < 0.1:
        return f"{escape(value[:1])}<!--c-->{escape(value[1:])}"
    if chance < 0.13:
        return f"<?pi 1?>{escape(value)}"
    return escape(value)
