"""KoSIT's `xmute` instructions: processing instructions that say how to change what follows.

`<?xmute mutator="remove" schematron-invalid="xrubl:BR-DE-1"?>` before an element: without it, the
rule must fire. `identity` changes nothing, `empty` takes the text, `code` writes each of `values`
(of an attribute when one is named), `whitespace` puts white space around and inside.
"""

import re
from collections.abc import Iterator
from copy import deepcopy

from lxml import etree

from formats import xml

_PSEUDO = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_SPACES = ("\n{0}\n", "\t{0} ", " {0}  ")


def instructed(
    content: bytes, prefix: str
) -> Iterator[tuple[str, etree._Element, dict[str, bool]]]:
    """Yield every document that the instructions of one describe.

    Args:
        content: The document.
        prefix: Of the rule ids looked for: `xrubl` or `xrcii`.

    Yields:
        A label, the changed document, and by rule id whether it must fire.
    """
    root = xml.parse(content)
    count = len(_instructions(root))
    for number in range(count):
        for label, changed, attributes in _changed(root, number):
            expected = {
                name.partition(":")[2]: fires
                for key, fires in (("schematron-valid", False), ("schematron-invalid", True))
                for name in attributes.get(key, "").split()
                if name.partition(":")[0] == prefix
            }
            if expected:
                yield f"{number}{label}", changed, expected


def _changed(
    root: etree._Element, number: int
) -> Iterator[tuple[str, etree._Element, dict[str, str]]]:
    """Yield the documents of one instruction; several when it has several values."""
    attributes = _attributes(_instructions(root)[number])
    if attributes is None:
        return
    separator = attributes.get("separator", ",")
    values = {
        "code": attributes.get("values", "").split(separator),
        "whitespace": list(_SPACES),
    }.get(attributes.get("mutator", ""), [""])
    for label, value in enumerate(values):
        copy = deepcopy(root)
        target = _target(_instructions(copy)[number])
        if target is not None:
            _apply(attributes, target, value)
            yield f".{label}", copy, attributes


def _instructions(root: etree._Element) -> list[etree._ProcessingInstruction]:
    every = root.getroottree().iter(etree.ProcessingInstruction)
    return [each for each in every if isinstance(each, etree._ProcessingInstruction)]


def _attributes(instruction: etree._ProcessingInstruction) -> dict[str, str] | None:
    if instruction.target != "xmute":
        return None
    return {name: one or other for name, one, other in _PSEUDO.findall(instruction.text or "")}


def _target(instruction: etree._ProcessingInstruction) -> etree._Element | None:
    following = instruction.getnext()
    while following is not None and not isinstance(following.tag, str):
        following = following.getnext()
    return following


def _apply(attributes: dict[str, str], target: etree._Element, value: str) -> None:
    mutator = attributes["mutator"]
    parent = target.getparent()
    if mutator == "remove" and parent is not None:
        tail = target.tail
        previous = target.getprevious()
        parent.remove(target)
        if previous is not None:
            previous.tail = (previous.tail or "") + (tail or "")
    elif mutator == "empty" and "attribute" in attributes:
        target.set(attributes["attribute"], "")
    elif mutator == "empty":
        for child in list(target):
            target.remove(child)
        target.text = ""
    elif mutator == "code" and "attribute" in attributes:
        target.set(attributes["attribute"], value.strip())
    elif mutator == "code":
        target.text = value.strip()
    elif mutator == "whitespace":
        target.text = value.format(target.text or "")
