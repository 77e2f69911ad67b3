"""Schematron to XSLT 2.0, for tests only: the oracle of rule sets published as source alone.

Written apart from `formats.validation`, which it judges: it expands a schema by its own code, on
lxml trees, and leaves every expression to saxonche. The SVRL that the stylesheet makes has the
skeleton's spelling of places: `/*:Invoice[namespace-uri()='...'][1]` for an element, and for an
attribute its value, as the skeleton has a template for elements only. Every node but text is
offered to the rules, as the standard has it.
"""

import copy
import posixpath
from collections.abc import Iterator, Mapping

from lxml import etree

SCH = "{http://purl.oclc.org/dsdl/schematron}"
XSL = "{http://www.w3.org/1999/XSL/Transform}"
SVRL = "{http://purl.oclc.org/dsdl/svrl}"
XI_INCLUDE = "{http://www.w3.org/2001/XInclude}include"
BELOW = ("@*", "*|comment()|processing-instruction()")
"""Not in one union: Saxon's optimiser has a stylesheet of CIUS-PT that it then cannot compile."""

PLACES = f"""
<x xmlns:xsl="{XSL[1:-1]}">
  <xsl:template match="*" mode="place">
    <xsl:apply-templates select="parent::*" mode="place"/>
    <xsl:text>/</xsl:text>
    <xsl:choose>
      <xsl:when test="namespace-uri()=''"><xsl:value-of select="name()"/></xsl:when>
      <xsl:otherwise>
        <xsl:value-of
          select="concat('*:', local-name(), '[namespace-uri()=''', namespace-uri(), ''']')"/>
      </xsl:otherwise>
    </xsl:choose>
    <xsl:text>[</xsl:text>
    <xsl:value-of select="1 + count(preceding-sibling::*[node-name(.)=node-name(current())])"/>
    <xsl:text>]</xsl:text>
  </xsl:template>
</x>
"""


def stylesheet(files: Mapping[str, bytes], entry: str, phase: str | None = None) -> bytes:
    """Return the stylesheet of a schema."""
    schema = etree.fromstring(files[entry])
    _include(schema, files, entry)
    _instantiate(schema)
    _extend(schema)
    phase = phase or schema.get("defaultPhase", "#ALL")
    active = {each.get("pattern") for each in schema.iterfind(f"{SCH}phase[@id='{phase}']/*")}
    return etree.tostring(_transform(schema, None if phase == "#ALL" else active))


def _include(parent: etree._Element, files: Mapping[str, bytes], base: str) -> None:
    for child in list(parent):
        href = child.get("href")
        if child.tag not in {f"{SCH}include", XI_INCLUDE, f"{SCH}extends"} or href is None:
            _include(child, files, base)
            continue
        path, _, identifier = href.partition("#")
        source = (
            posixpath.normpath(posixpath.join(posixpath.dirname(base), path)) if path else base
        )
        target = etree.fromstring(files[source])
        if identifier:
            target = target.xpath("//*[@id=$id]", id=identifier)[0]
        holder = etree.Element("holder")
        holder.extend(list(target) if child.tag == f"{SCH}extends" else [target])
        _include(holder, files, source)
        holder[-1].tail = child.tail
        place = parent.index(child)
        parent[place : place + 1] = list(holder)


def _instantiate(schema: etree._Element) -> None:
    for pattern in schema.findall(f"{SCH}pattern[@is-a]"):
        (abstract,) = schema.findall(f"{SCH}pattern[@id='{pattern.get('is-a')}']")
        real = copy.deepcopy(abstract)
        del real.attrib["abstract"]
        real.attrib.pop("id")
        if "id" in pattern.attrib:
            real.set("id", pattern.get("id", ""))
        params: dict[str, str] = {}
        for param in pattern.iterfind(f"{SCH}param"):
            params[f"${param.get('name')}"] = param.get("value", "")
        for name in sorted(params, key=len, reverse=True):
            for element in real.iter():
                for key, value in element.items():
                    element.set(key, value.replace(name, params[name]))
                element.text = element.text and element.text.replace(name, params[name])
                element.tail = element.tail and element.tail.replace(name, params[name])
        schema.replace(pattern, real)
    for pattern in schema.findall(f"{SCH}pattern[@abstract='true']"):
        schema.remove(pattern)


def _extend(schema: etree._Element) -> None:
    for pattern in schema.findall(f"{SCH}pattern"):
        for rule in pattern.findall(f"{SCH}rule"):
            while (extends := rule.find(f"{SCH}extends")) is not None:
                wanted = f"{SCH}rule[@id='{extends.get('rule')}']"
                found = pattern.findall(wanted) or schema.findall(f".//{wanted}")
                place = rule.index(extends)
                rule[place : place + 1] = [copy.deepcopy(child) for child in found[0]]


def _transform(schema: etree._Element, active: set[str | None] | None) -> etree._Element:
    # Both prefixes of XML Schema are there without saying so, as in the skeleton's stylesheets.
    spaces = dict.fromkeys(("xs", "xsd"), "http://www.w3.org/2001/XMLSchema")
    # A function may use prefixes that only its own element or file declares.
    for function in schema.iterfind(f"{XSL}function"):
        spaces |= {prefix: uri for prefix, uri in function.nsmap.items() if prefix}
    spaces |= {ns.get("prefix", ""): ns.get("uri", "") for ns in schema.iterfind(f"{SCH}ns")}
    version = "2.0" if schema.get("queryBinding") == "xslt2" else "1.0"
    sheet = etree.Element(f"{XSL}stylesheet", {"version": version}, nsmap=spaces)
    sheet.extend(list(etree.fromstring(PLACES)))
    root = _add(sheet, "template", match="/")
    report = etree.SubElement(root, f"{SVRL}schematron-output")
    for let in schema.iterfind(f"{SCH}phase/{SCH}let"):
        _variable(sheet, let)
    for number, child in enumerate(schema):
        if child.tag in {f"{XSL}function", f"{XSL}key", f"{XSL}variable", f"{XSL}param"}:
            sheet.append(copy.deepcopy(child))
        elif child.tag == f"{SCH}let":
            _variable(sheet, child)
        elif child.tag == f"{SCH}pattern" and (active is None or child.get("id") in active):
            _add(report, "apply-templates", select="/", mode=f"M{number}")
            _pattern(sheet, child, f"M{number}", schema)
    return sheet


def _pattern(
    sheet: etree._Element, pattern: etree._Element, mode: str, schema: etree._Element
) -> None:
    priority = 1_000_000
    for child in pattern:
        if child.tag == f"{SCH}let":
            _variable(sheet, child)
        elif child.tag == f"{SCH}rule" and child.get("abstract") != "true":
            template = _add(
                sheet,
                "template",
                match=child.get("context", ""),
                mode=mode,
                priority=str(priority),
            )
            priority -= 1
            fired = etree.SubElement(template, f"{SVRL}fired-rule")
            fired.set("context", _constant(child.get("context", "")))
            for part in child:
                _statement(template, part, schema)
            _walk_below(template, mode)
    _add(sheet, "template", match="text()", mode=mode, priority="-1")
    other = _add(sheet, "template", match="@*|node()", mode=mode, priority="-2")
    _walk_below(other, mode)


def _walk_below(template: etree._Element, mode: str) -> None:
    for select in BELOW:
        _add(template, "apply-templates", select=select, mode=mode)


def _statement(template: etree._Element, part: etree._Element, schema: etree._Element) -> None:
    if part.tag in {f"{SCH}let", f"{XSL}variable"}:
        _variable(template, part)
    elif part.tag in {f"{SCH}assert", f"{SCH}report"}:
        test = part.get("test", "")
        kind = "failed-assert"
        if part.tag == f"{SCH}report":
            place, kind = _add(template, "if", test=test), "successful-report"
        else:
            choose = _add(template, "choose")
            _add(choose, "when", test=test)
            place = _add(choose, "otherwise")
        found = etree.SubElement(place, f"{SVRL}{kind}")
        for name in {"id", "flag", "role"} & set(part.keys()):
            found.set(name, _constant(part.get(name, "")))
        found.set("test", _constant(" ".join(test.split())))
        location = _add(found, "attribute", name="location")
        _add(location, "apply-templates", select=".", mode="place")
        _text(etree.SubElement(found, f"{SVRL}text"), part)
        for name in part.get("diagnostics", "").split():
            told = etree.SubElement(found, f"{SVRL}diagnostic-reference", diagnostic=name)
            _text(told, schema.xpath("//*[local-name()='diagnostic'][@id=$id]", id=name)[0])


def _text(target: etree._Element, source: etree._Element) -> None:
    for part in _parts(source):
        if isinstance(part, str):
            _add(target, "text").text = part
        else:
            _add(target, "value-of", select=part[0])


def _parts(source: etree._Element) -> Iterator[str | tuple[str]]:
    yield source.text or ""
    for child in source:
        if child.tag == f"{SCH}value-of":
            yield (child.get("select", ""),)
        elif child.tag == f"{SCH}name":
            yield (f"name({child.get('path', '.')})",)
        elif child.tag in {f"{SCH}emph", f"{SCH}dir", f"{SCH}span"}:
            yield " "
            yield from _parts(child)
            yield " "
        yield child.tail or ""


def _constant(text: str) -> str:
    """Return an attribute value template that says nothing but this."""
    return text.replace("{", "{{").replace("}", "}}")


def _variable(parent: etree._Element, let: etree._Element) -> None:
    variable = _add(parent, "variable", name=let.get("name", ""))
    if let.get("value") is not None:
        variable.set("select", let.get("value", ""))
    elif let.get("select") is not None:
        variable.set("select", let.get("select", ""))
    else:
        variable.text = let.text
        variable.extend([copy.deepcopy(child) for child in let])
    if let.get("as") is not None:
        variable.set("as", let.get("as", ""))


def _add(parent: etree._Element, tag: str, /, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{XSL}{tag}", attributes)
