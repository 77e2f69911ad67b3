"""Operations on the tree: elements removed, doubled, moved, grafted; attributes likewise."""

from collections.abc import Callable
from copy import deepcopy

from lxml import etree

from tests.conformance.mutations.material import Case, leaves, name_of
from tests.conformance.mutations.values import changed, nearby

Operation = Callable[[Case], str | None]
"""Changes the document of a case; returns what it did, None when there was nothing to do."""


def remove(case: Case) -> str | None:
    """Remove an element with what is in it."""
    element = case.element()
    if element is case.root:
        return None
    case.detach(element)
    return f"remove {name_of(element)}"


def remove_all(case: Case) -> str | None:
    """Remove every element of a name."""
    element = case.element()
    if element is case.root:
        return None
    same = [each for each in case.root.iter(str(element.tag)) if each is not case.root]
    for each in same:
        case.detach(each)
    return f"remove all {len(same)} {name_of(element)}"


def empty(case: Case) -> str | None:
    """Take an element's content; sometimes its attributes too."""
    element = case.element()
    if element is case.root:
        return None
    for child in list(element):
        element.remove(child)
    element.text = case.random.choice(("", "", " ", "\n"))
    if case.random.random() < 0.2:
        element.attrib.clear()
    return f"empty {name_of(element)}"


def double(case: Case) -> str | None:
    """Repeat an element once or twice beside itself, sometimes with another value."""
    element = case.element()
    parent = element.getparent()
    if parent is None:
        return None
    for _ in range(case.random.choice((1, 1, 1, 2))):
        copy = deepcopy(element)
        if case.random.random() < 0.5:
            leaf = case.random.choice(leaves(copy))
            leaf.text = changed(case.random, leaf.text or "", case.literals)
        place = parent.index(element) + 1
        parent.insert(case.random.choice((place, 0, len(parent))), copy)
    return f"double {name_of(element)}"


def reorder(case: Case) -> str | None:
    """Shuffle the children of an element, or turn them round."""
    element = case.element(lambda each: len(each) > 1)
    children = list(element)
    if len(children) < 2:
        return None
    case.random.shuffle(children)
    for child in children:
        element.append(child)
    return f"reorder {name_of(element)}"


def move(case: Case) -> str | None:
    """Put an element elsewhere: below another, or around where it was."""
    element = case.element()
    inside = set(element.iter())
    target = case.element(lambda each: each not in inside)
    if element is case.root or target in inside:
        return None
    case.detach(element)
    target.insert(case.random.randint(0, len(target)), element)
    return f"move {name_of(element)} below {name_of(target)}"


def graft(case: Case) -> str | None:
    """Add an element that another document has, where that has it or anywhere."""
    donor = case.donor()
    if donor is None:
        return None
    parent_tag, element = donor
    homes = list(case.root.iter(parent_tag)) if case.random.random() < 0.85 else []
    home = case.random.choice(homes) if homes else case.element()
    home.insert(case.random.randint(0, len(home)), deepcopy(element))
    return f"graft {name_of(element)} below {name_of(home)}"


def replace(case: Case) -> str | None:
    """Put another document's element of the same name in an element's place."""
    element = case.element()
    parent = element.getparent()
    others = case.donors(str(element.tag))
    if parent is None or not others:
        return None
    other = deepcopy(case.random.choice(others)[1])
    other.tail = element.tail
    parent.replace(element, other)
    return f"replace {name_of(element)}"


def rename(case: Case) -> str | None:
    """Give an element another local name or another namespace."""
    element = case.element()
    name = etree.QName(element)
    other = case.element()
    element.tag = case.random.choice(
        (
            name.localname,
            f"{{urn:example:other}}{name.localname}",
            f"{{{name.namespace}}}{name.localname}X" if name.namespace else f"{name.localname}X",
            str(other.tag),
        )
    )
    return f"rename {name.localname} to {element.tag}"


def value(case: Case) -> str | None:
    """Write another value into an element without children."""
    element = case.leaf()
    if element is None:
        return None
    element.text = changed(case.random, element.text or "", case.literals)
    return f"value of {name_of(element)}: {element.text!r:.60}"


def wrong_sum(case: Case) -> str | None:
    """Write a number that is a little off."""
    element = case.leaf(lambda each: (each.text or "").strip().replace(".", "").isdigit())
    if element is None:
        return None
    element.text = nearby(case.random, element.text or "")
    return f"sum of {name_of(element)}: {element.text!r:.60}"


def swap(case: Case) -> str | None:
    """Exchange the values of two elements."""
    one, other = case.leaf(), case.leaf()
    if one is None or other is None:
        return None
    one.text, other.text = other.text, one.text
    return f"swap {name_of(one)} and {name_of(other)}"


def category(case: Case) -> str | None:
    """Write one VAT category code, or one country, everywhere instead of another."""
    codes = [each for each in case.leaves() if (each.text or "").strip() in case.codes]
    if not codes:
        return None
    old = (case.random.choice(codes).text or "").strip()
    kind = [code for code in case.codes if len(code) == len(old)] or list(case.codes)
    new = case.random.choice(kind)
    for each in codes:
        if (each.text or "").strip() == old and case.random.random() < 0.9:
            each.text = new
    return f"code {old} to {new}"


def attribute(case: Case) -> str | None:
    """Remove, change, double in a namespace, rename or add an attribute."""
    element = case.element(lambda each: bool(each.attrib)) if case.random.random() < 0.8 else None
    if element is None or not element.attrib:
        element = case.element()
        name = case.random.choice(case.attributes) if case.attributes else "extra"
        element.set(name, case.random.choice(case.literals or ("x",)))
        return f"add @{name} to {name_of(element)}"
    name = case.random.choice(sorted(str(key) for key in element.attrib))
    old = element.attrib[name]
    way = case.random.randrange(6)
    if way == 0:
        del element.attrib[name]
    elif way in {1, 2, 3}:
        element.set(name, changed(case.random, str(old), case.literals))
    elif way == 4:
        del element.attrib[name]
        element.set(f"{{urn:example:other}}{etree.QName(name).localname}", old)
    else:
        element.set(name, "")
    return f"@{name} of {name_of(element)}: way {way}"
