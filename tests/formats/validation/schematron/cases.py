"""Small schemas, each with one feature, and the same rules written out without it.

`fired` is what Saxon must find by either: rule id, the last step of the place, the message.
"""

from dataclasses import dataclass

HEAD = (
    '<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt2" '
    'xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" '
    'xmlns:xi="http://www.w3.org/2001/XInclude" xmlns:u="urn:u" {attributes}>'
    '<ns prefix="o" uri="urn:o"/><ns prefix="u" uri="urn:u"/>'
)
SCH = 'xmlns="http://purl.oclc.org/dsdl/schematron"'
ORDER = b"""<o:order xmlns:o="urn:o" number="7" currency="EUR">
  <o:line id="a"><o:net>10</o:net><o:tax>2</o:tax></o:line>
  <o:line id="b"><o:net>-5</o:net><o:tax>x</o:tax></o:line>
  <!-- to do --><?go now?>
</o:order>"""

Fired = tuple[str, str, str]


@dataclass(frozen=True)
class Case:
    """A feature.

    Attributes:
        files: The schema is `main.sch`.
        plain: The same without the feature; empty when there is no other way to write it.
        fired: What is found in ORDER.
        phase: The phase asked for.
    """

    files: dict[str, bytes]
    plain: bytes
    fired: list[Fired]
    phase: str | None = None


def schema(content: str, attributes: str = "") -> bytes:
    """Return a schema."""
    return (HEAD.format(attributes=attributes) + content + "</schema>").encode()


def pattern(content: str, attributes: str = "") -> str:
    """Return a pattern as a file of its own has it."""
    return f"<pattern {SCH} {attributes}>{content}</pattern>"


def _alone(content: str, *fired: Fired) -> Case:
    return Case({"main.sch": schema(content)}, b"", list(fired))


NET = '<rule context="o:line"><assert id="N" test="o:net &gt; 0">net</assert></rule>'
NEGATIVE = ("N", "line[2]", "net")
FUNCTION = (
    '<xsl:function name="u:twice" as="xs:integer"><xsl:param name="n" as="xs:integer"/>'
    '<xsl:sequence select="$n * 2"/></xsl:function>'
)
FUNCTION_FILE = FUNCTION.replace(
    "<xsl:function ",
    '<xsl:function xmlns:xsl="http://www.w3.org/1999/XSL/Transform" '
    'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:u="urn:u" ',
)
TWICE = '<rule context="o:order"><assert id="T" test="u:twice(@number) = 1">two</assert></rule>'

CASES = {
    "include": Case(
        {
            "main.sch": schema('<include href="parts/outer.sch"/>'),
            "parts/outer.sch": pattern('<include href="../rules/net.xml"/>', 'id="p"').encode(),
            "rules/net.xml": NET.replace("<rule", f"<rule {SCH}").encode(),
        },
        schema(pattern(NET, 'id="p"')),
        [NEGATIVE],
    ),
    "include of a fragment": Case(
        {
            "main.sch": schema('<include href="all.xml#wanted"/>'),
            "all.xml": schema('<pattern id="other"/>' + pattern(NET, 'id="wanted"')),
        },
        schema(pattern(NET, 'id="wanted"')),
        [NEGATIVE],
    ),
    "include of a function by XInclude": Case(
        {
            "main.sch": schema('<xi:include href="f/twice.xml"/>' + pattern(TWICE)),
            "f/twice.xml": FUNCTION_FILE.encode(),
        },
        schema(FUNCTION + pattern(TWICE)),
        [("T", "order[1]", "two")],
    ),
    "extends by href": Case(
        {
            "main.sch": schema(
                pattern('<rule context="o:line"><extends href="lib.sch#r"/></rule>')
            ),
            "lib.sch": pattern(NET.replace('context="o:line"', 'abstract="true" id="r"')).encode(),
        },
        schema(pattern(NET)),
        [NEGATIVE],
    ),
    "extends in the order written, of the same pattern before another": Case(
        {
            "main.sch": schema(
                '<pattern id="x"><rule abstract="true" id="r"><assert id="X" test="false()">x'
                '</assert></rule><rule abstract="true" id="g"><let name="v" value="o:net"/>'
                '<extends rule="h"/></rule><rule abstract="true" id="h"><assert id="G" '
                'test="$v &gt; 0">g</assert></rule></pattern>'
                '<pattern id="y"><rule abstract="true" id="r"><assert id="R" test="o:tax castable '
                'as xs:decimal">r</assert></rule><rule context="o:line"><extends rule="r"/>'
                '<extends rule="g"/></rule></pattern>'
            )
        },
        schema(
            '<pattern id="x"/><pattern id="y"><rule context="o:line"><assert id="R" test="o:tax '
            'castable as xs:decimal">r</assert><let name="v" value="o:net"/><assert id="G" '
            'test="$v &gt; 0">g</assert></rule></pattern>'
        ),
        [("R", "line[2]", "r"), ("G", "line[2]", "g")],
    ),
    "abstract pattern": Case(
        {
            "main.sch": schema(
                '<pattern abstract="true" id="positive"><rule context="$where"><let name="found" '
                'value="$what"/><assert id="P" test="$found &gt; 0 and \'$what-not\' = \'tax\'">'
                'no $what in <name path="$what"/>: <value-of select="$what"/></assert></rule>'
                '</pattern><pattern is-a="positive" id="p"><param name="what" value="o:net"/>'
                '<param name="what-not" value="tax"/><param name="where" value="o:line"/>'
                "</pattern>"
            )
        },
        schema(
            '<pattern id="p"><rule context="o:line"><let name="found" value="o:net"/><assert '
            'id="P" test="$found &gt; 0 and \'tax\' = \'tax\'">no o:net in <name path="o:net"/>: '
            '<value-of select="o:net"/></assert></rule></pattern>'
        ),
        [("P", "line[2]", "no o:net in o:net: -5")],
    ),
    "default phase with a variable": Case(
        {
            "main.sch": schema(
                '<phase id="one"><active pattern="p"/><let name="least" value="0"/></phase>'
                '<phase id="two"><active pattern="q"/><let name="other" value="0"/></phase>'
                '<pattern id="p"><rule context="o:line"><assert id="N" test="o:net &gt; $least">'
                'net</assert></rule></pattern><pattern id="q"><rule context="o:line"><assert '
                'id="Q" test="false()">q</assert></rule></pattern>',
                'defaultPhase="one"',
            )
        },
        schema(
            '<let name="least" value="0"/><pattern id="p"><rule context="o:line"><assert id="N" '
            'test="o:net &gt; $least">net</assert></rule></pattern>'
        ),
        [NEGATIVE],
    ),
    "every pattern in spite of a default phase": Case(
        {
            "main.sch": schema(
                '<phase id="one"><active pattern="p"/></phase><pattern id="p"/>'
                + pattern(NET, 'id="q"'),
                'defaultPhase="one"',
            )
        },
        schema('<pattern id="p"/>' + pattern(NET, 'id="q"')),
        [NEGATIVE],
        phase="#ALL",
    ),
    "what is said beside the rules": Case(
        {
            "main.sch": schema(
                '<title>T</title><p>p</p><!-- no --><x xmlns="urn:x"><y/></x><pattern id="p">'
                "<title>t</title><p>p</p>"
                '<x xmlns="urn:x"/><rule context="o:line" role="r"><x xmlns="urn:x"/><!-- no -->'
                '<assert id="N" see="urn:s" test="o:net &gt; 0">n<!-- no -->et<x xmlns="urn:x">!'
                "</x></assert></rule></pattern>"
            )
        },
        schema("<title>T</title>" + pattern(NET, 'id="p"')),
        [NEGATIVE],
    ),
    "variables that use later ones": Case(
        {
            "main.sch": schema(
                '<let name="a" value="u:b() + 1"/><pattern><let name="b" value="$c"/><rule '
                'context="o:order"><let name="d" value="$a"/><assert id="V" test="$d = 0">'
                '<value-of select="$d"/></assert></rule></pattern><xsl:function name="u:b">'
                '<xsl:sequence select="$b"/></xsl:function><let name="c" value="1"/>'
            )
        },
        schema(
            '<let name="c" value="1"/><let name="b" value="$c"/><let name="a" value="u:b() + 1"/>'
            '<pattern><rule context="o:order"><let name="d" value="$a"/><assert id="V" test="$d '
            '= 0"><value-of select="$d"/></assert></rule></pattern><xsl:function name="u:b">'
            '<xsl:sequence select="$b"/></xsl:function>'
        ),
        [("V", "order[1]", "2")],
    ),
    "the first rule that matches": _alone(
        '<pattern><rule context="o:line[@id=\'a\']"><report id="A" test="true()">a</report></rule>'
        '<rule context="o:line | o:net"><report id="B" test="true()">b</report></rule></pattern>',
        ("A", "line[1]", "a"),
        ("B", "net[1]", "b"),
        ("B", "line[2]", "b"),
        ("B", "net[1]", "b"),
    ),
    "attributes": _alone(
        '<pattern><rule context="@currency"><assert id="C" test=". = \'USD\'">c</assert></rule>'
        '<rule context="@*"><report id="D" test="true()"><name/></report></rule></pattern>',
        ("D", "7", "number"),
        ("C", "EUR", "c"),
        ("D", "a", "id"),
        ("D", "b", "id"),
    ),
    "comments and instructions": _alone(
        '<pattern><rule context="comment()"><report id="C" test="true()"><value-of select="."/>'
        '</report></rule><rule context="processing-instruction()"><report id="I" test="true()">'
        "<name/></report></rule></pattern>",
        ("C", "", "to do"),
        ("I", "", "go"),
    ),
    "the root": _alone(
        '<pattern><rule context="/"><report id="R" test="o:order">r</report></rule></pattern>',
        ("R", "order[1]", "r"),
    ),
    "a message with markup": _alone(
        '<pattern><rule context="o:line[1]"><report id="M" flag="warning" role="x" test="true()">'
        'a<emph>b</emph>c<dir>d</dir><span class="s">e<value-of select="o:net"/></span>'
        '<value-of select="../o:line/@id"/> <name path=".."/></report></rule></pattern>',
        ("M", "line[1]", "a b c d e10 a b o:order"),
    ),
    "a variable with content": _alone(
        '<let name="codes"><c>EUR</c><c>USD</c></let><pattern><rule context="o:order"><let '
        'name="n"><xsl:choose><xsl:when test="@number = 7"><xsl:value-of select="\'seven\'"/>'
        '</xsl:when><xsl:otherwise>none</xsl:otherwise></xsl:choose></let><report id="L" '
        'test="@currency = $codes/*[1]">l <value-of select="$n"/></report></rule></pattern>',
        ("L", "order[1]", "l seven"),
    ),
    "a key": _alone(
        '<xsl:key name="lines" match="o:line" use="@id"/><pattern><rule context="o:order">'
        "<report id=\"K\" test=\"key('lines', 'b')/o:net = -5\">k</report></rule></pattern>",
        ("K", "order[1]", "k"),
    ),
}
