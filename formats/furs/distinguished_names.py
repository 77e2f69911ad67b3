"""Distinguished names as FURS's headers write them: RFC 2253, last part first.

The name types of the RFC's table are words; all others are numbers with the value in hexadecimal,
as Java writes them: `CN=FURS,2.5.4.5=#130131,OU=77695771`.
"""

from asn1crypto import x509

_WORDS = {
    "2.5.4.3": "CN",
    "2.5.4.7": "L",
    "2.5.4.8": "ST",
    "2.5.4.10": "O",
    "2.5.4.11": "OU",
    "2.5.4.6": "C",
    "2.5.4.9": "STREET",
    "0.9.2342.19200300.100.1.25": "DC",
    "0.9.2342.19200300.100.1.1": "UID",
}
_SPECIAL = frozenset(',+"\\<>;')


def written(name: x509.Name) -> str:
    """Return a name."""
    return ",".join(
        "+".join(_part(each) for each in several) for several in reversed(list(name.chosen))
    )


def units(name: x509.Name) -> tuple[str, ...]:
    """Return its organisational units: FURS's certificates have the tax number as one."""
    return tuple(
        str(each["value"].native)
        for several in name.chosen
        for each in several
        if each["type"].dotted == "2.5.4.11"
    )


def _part(part: x509.NameTypeAndValue) -> str:
    number = part["type"].dotted
    word = _WORDS.get(number)
    if word is None:
        return f"{number}=#{part['value'].dump().hex()}"
    return f"{word}={_escaped(str(part['value'].native))}"


def _escaped(value: str) -> str:
    """Return a value with what RFC 2253, 2.4 wants escaped."""
    said = "".join(f"\\{one}" if one in _SPECIAL else one for one in value)
    if said.startswith(("#", " ")):
        said = f"\\{said}"
    return f"{said[:-1]}\\ " if said.endswith(" ") and len(said) > 1 else said
