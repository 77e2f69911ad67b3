"""Markup that changes how a value is held, not always what it is."""

from lxml import etree

from tests.conformance.mutations.material import Case, name_of


def comment_inside(case: Case) -> str | None:
    """Split a value by a comment or a processing instruction: its string value stays."""
    element = case.leaf(lambda each: bool(each.text))
    if element is None or not element.text:
        return None
    place = case.random.randint(0, len(element.text))
    comment = case.random.random() < 0.5
    node = (
        etree.Comment(case.random.choice(("", "x", "0")))
        if comment
        else etree.ProcessingInstruction("pi", "5")
    )
    node.tail = element.text[place:]
    element.text = element.text[:place]
    element.insert(0, node)
    return f"{'comment' if comment else 'instruction'} in {name_of(element)}"


def character_data(case: Case) -> str | None:
    """Write a value, or a part of it, as a CDATA section."""
    element = case.leaf(lambda each: bool(each.text))
    if element is None or not element.text or len(element):
        return None
    element.text = etree.CDATA(element.text)
    return f"CDATA in {name_of(element)}"


def mixed(case: Case) -> str | None:
    """Put an element into a value: mixed content."""
    element = case.leaf()
    if element is None:
        return None
    text = element.text or ""
    place = case.random.randint(0, len(text))
    child = etree.SubElement(element, case.random.choice((element.tag, "x", case.element().tag)))
    element.text, child.tail = text[:place], text[place:]
    child.text = case.random.choice((None, "1", "x", " "))
    return f"element in {name_of(element)}"


def wrap(case: Case) -> str | None:
    """Put an element into another one of its own name."""
    element = case.element()
    parent = element.getparent()
    if parent is None:
        return None
    outer = etree.Element(element.tag, nsmap=element.nsmap)
    outer.tail, element.tail = element.tail, None
    parent.replace(element, outer)
    outer.append(element)
    return f"wrap {name_of(element)}"


def comments_around(case: Case) -> str | None:
    """Put comments and instructions between elements, and before and after the root."""
    element = case.element()
    element.insert(0, etree.Comment(" between "))
    element.append(etree.ProcessingInstruction("between", ""))
    if case.random.random() < 0.3:
        case.root.addprevious(etree.Comment("before"))
        case.root.addnext(etree.ProcessingInstruction("after", "x"))
    return f"comments in {name_of(element)}"


def text_between(case: Case) -> str | None:
    """Put text where only elements belong."""
    element = case.element(lambda each: len(each) > 0)
    if not len(element):
        return None
    child = case.random.choice(list(element))
    child.tail = case.random.choice(("x", "5", "\u00a0", " . "))
    return f"text in {name_of(element)}"


def surrounded(case: Case) -> str | None:
    """Put white space, of XML or not, around a value."""
    element = case.leaf(lambda each: bool(each.text))
    if element is None:
        return None
    space = case.random.choice((" ", "\n", "\t", "  \n  ", "\r", "\u00a0", "\u2003", "\u200b"))
    side = case.random.randrange(3)
    text = element.text or ""
    element.text = (space + text, text + space, space + text + space)[side]
    return f"space {space!r} around {name_of(element)}"


def schema_attributes(case: Case) -> str | None:
    """Add the attributes that XML and XML Schema know: they are no data, but nodes."""
    element = case.element()
    instance = "http://www.w3.org/2001/XMLSchema-instance"
    name, text = case.random.choice(
        (
            (f"{{{instance}}}nil", "true"),
            (f"{{{instance}}}type", "x"),
            (f"{{{instance}}}schemaLocation", "urn:x x.xsd"),
            ("{http://www.w3.org/XML/1998/namespace}lang", "de"),
            ("{http://www.w3.org/XML/1998/namespace}space", "preserve"),
            ("{http://www.w3.org/XML/1998/namespace}id", "a1"),
        )
    )
    element.set(name, text)
    return f"@{name} on {name_of(element)}"
