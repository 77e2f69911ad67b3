"""Characters that cannot be printed as they are, and what stands for them."""

from collections.abc import Callable

_REORDERING = {*range(0x202A, 0x202F), *range(0x2066, 0x206A)}
"""Bidirectional embeddings, overrides and isolates: they make a text look like another one."""

_CONTROLS = {*range(0x20), *range(0x7F, 0xA0)} - {0x09, 0x0A}
_NONCHARACTERS = {*range(0xFDD0, 0xFDF0), 0xFEFF, 0xFFFE, 0xFFFF}


def _code(character: int) -> str:
    return f"[U+{character:04X}]"


_TABLE: dict[int, str] = {
    **{code: _code(code) for code in _REORDERING | _CONTROLS | _NONCHARACTERS},
    0x09: "    ",
    0x0D: "\n",
    0x85: "\n",  # next line, as XML 1.1 and Unicode have it
    0x2028: "\n",
    0x2029: "\n",
}


def printable(data: object) -> object:
    """Return JSON data whose texts hold nothing but printable characters and line feeds.

    Line ends become line feeds and tabs spaces; other controls, and what reorders the text
    around it, is shown as its code.
    """
    return _mapped(data, lambda text: text.replace("\r\n", "\n").translate(_TABLE))


def replaced(data: object, displayed: Callable[[str], bool]) -> object:
    """Return JSON data in which a character that is not displayed is shown as its code."""

    def fitting(text: str) -> str:
        if text.isascii():
            return text
        return "".join(
            character if displayed(character) else _code(ord(character)) for character in text
        )

    return _mapped(data, fitting)


def _mapped(data: object, change: Callable[[str], str]) -> object:
    match data:
        case str():
            return change(data)
        case dict():
            return {key: _mapped(item, change) for key, item in data.items()}
        case list() | tuple():
            if data and isinstance(data[0], int):
                return data  # the bytes of a logo
            return [_mapped(item, change) for item in data]
        case _:
            return data
