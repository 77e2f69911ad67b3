"""Writing the elements of a signature as text, escaped.

As text, not as a tree: lxml moves namespace declarations when it builds one, and then the bytes
that are digested are not those that a reader will see.
"""

import base64
from collections.abc import Mapping

_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_VALUE = str.maketrans(
    {
        "&": "&amp;",
        "<": "&lt;",
        '"': "&quot;",
        "\t": "&#9;",
        "\n": "&#10;",
        "\r": "&#13;",
    }
)


def escaped(text: str) -> str:
    """Return text as it stands between tags."""
    return text.translate(_TEXT)


def element(name: str, *inside: str, **attributes: str | None) -> str:
    """Return an element.

    Args:
        name: With its prefix.
        inside: What it holds, written already.
        attributes: By name; those that are None are left out.
    """
    return with_attributes(name, attributes, *inside)


def with_attributes(name: str, attributes: Mapping[str, str | None], *inside: str) -> str:
    """Return an element whose attributes have names that Python cannot spell."""
    written = "".join(
        f' {key}="{value.translate(_VALUE)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>{''.join(inside)}</{name}>"


def packed(content: bytes) -> str:
    """Return bytes in base64."""
    return base64.b64encode(content).decode("ascii")
