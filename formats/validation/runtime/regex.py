"""fn:matches, fn:replace and fn:tokenize (XPath Functions, section 7.6).

Expressions are translated to Python's `re` once. The texts come from strangers: where Python
could need more than linear time to find out whether something matches, an automaton searches.
"""

import re
from dataclasses import dataclass
from typing import Final

from formats.validation.runtime.errors import DynamicError
from formats.validation.runtime.patterns.automaton import Automaton, TooLargeError
from formats.validation.runtime.patterns.syntax import Reader
from formats.validation.runtime.patterns.translation import is_cheap, python, trimmed
from formats.validation.runtime.texts import normalize_space

_MOST_EXPRESSIONS = 512
_FLAGS: Final = frozenset("smixq")


@dataclass(frozen=True, slots=True)
class Expression:
    """A regular expression, ready for use.

    Attributes:
        python: In Python's syntax, for finding where it matches.
        somewhere: The same without what may be nothing at both ends, for finding whether.
        automaton: For finding whether it matches; None when Python is as good.
        groups: How many groups it captures.
        fits_nothing: It matches the empty text.
    """

    python: re.Pattern[str]
    somewhere: re.Pattern[str]
    automaton: Automaton | None
    groups: int
    fits_nothing: bool

    def search(self, text: str) -> bool:
        """Return whether it matches somewhere in a text."""
        if self.automaton is None:
            return self.somewhere.search(text) is not None
        return self.automaton.search(text)


_known: dict[tuple[str, str], Expression] = {}


def expression(pattern: str, flags: str = "") -> Expression:
    """Return a regular expression of XPath, compiled.

    Raises:
        DynamicError: FORX0001, a flag is unknown; FORX0002, it is no regular expression.
    """
    found = _known.get((pattern, flags))
    if found is None:
        found = _compiled(pattern, flags)
        if len(_known) >= _MOST_EXPRESSIONS:
            _known.clear()
        _known[pattern, flags] = found
    return found


def _compiled(pattern: str, flags: str) -> Expression:
    if not _FLAGS.issuperset(flags):
        raise DynamicError("FORX0001", f"flags {flags[:40]}")
    python_flags = re.IGNORECASE if "i" in flags else 0
    if "q" in flags:
        plain = re.compile(re.escape(pattern), python_flags)
        return Expression(plain, plain, None, 0, not pattern)
    lines = "m" in flags
    reader = Reader(pattern, dot_all="s" in flags, free="x" in flags)
    piece = reader.read()
    shorter = trimmed(piece)
    try:
        compiled = re.compile(python(piece, lines=lines), python_flags)
        somewhere = re.compile(python(shorter, lines=lines), python_flags)
    except (re.error, OverflowError, RecursionError) as error:
        raise DynamicError("FORX0002", f"{pattern[:80]} is too large: {error}") from None
    automaton = None
    if not is_cheap(shorter, lines=lines):
        try:
            automaton = Automaton(shorter, python_flags, lines=lines)
        except TooLargeError:
            automaton = None
    fits_nothing = compiled.search("") is not None
    return Expression(compiled, somewhere, automaton, reader.groups, fits_nothing)


def matches(text: str, pattern: str, flags: str = "") -> bool:
    """Return whether an expression matches somewhere in a text."""
    found = _known.get((pattern, flags)) or expression(pattern, flags)
    return found.search(text)


def replace(text: str, pattern: str, replacement: str, flags: str = "") -> str:
    """Return the text with every match replaced; `$1` stands for what the first group captured.

    Raises:
        DynamicError: FORX0003, the expression matches nothing at all; FORX0004, the replacement
            is not written well; what `expression` raises.
    """
    found = expression(pattern, flags)
    if found.fits_nothing:
        raise DynamicError("FORX0003", f"{pattern[:80]} matches the empty string")
    if found.automaton is not None and not found.search(text):
        return text
    pieces = [replacement] if "q" in flags else _replacement(replacement, found.groups)
    if len(pieces) == 1 and isinstance(pieces[0], str):
        only = pieces[0]
        return found.python.sub(lambda _: only, text)
    return found.python.sub(
        lambda match: "".join(
            [piece if isinstance(piece, str) else match[piece] or "" for piece in pieces]
        ),
        text,
    )


def _replacement(text: str, groups: int) -> list[str | int]:
    """Return a replacement's texts and the numbers of groups between them."""
    pieces: list[str | int] = [""]
    at = 0
    while at < len(text):
        sign, following = text[at], text[at + 1 : at + 2]
        at += 1
        if sign == "\\":
            if following not in ("\\", "$"):
                raise DynamicError("FORX0004", "a backslash in the replacement")
            pieces.append(following)
            at += 1
        elif sign == "$":
            if not (following.isascii() and following.isdigit()):
                raise DynamicError("FORX0004", "a dollar in the replacement")
            digits = following
            at += 1
            while (more := text[at : at + 1]).isdigit() and int(digits + more) <= groups:
                digits += more
                at += 1
            pieces.append(int(digits) if int(digits) <= groups else "")
        else:
            pieces.append(sign)
    return ["".join(map(str, pieces))] if all(isinstance(p, str) for p in pieces) else pieces


def tokenize(text: str, pattern: str, flags: str = "") -> list[str]:
    """Return what stands between the matches of an expression; nothing for no text.

    Raises:
        DynamicError: FORX0003, the expression matches nothing at all; what `expression` raises.
    """
    if not text:
        return []
    found = expression(pattern, flags)
    if found.fits_nothing:
        raise DynamicError("FORX0003", f"{pattern[:80]} matches the empty string")
    if found.automaton is not None and not found.search(text):
        return [text]
    tokens = []
    begin = 0
    for match in found.python.finditer(text):
        tokens.append(text[begin : match.start()])
        begin = match.end()
    tokens.append(text[begin:])
    return tokens


def words(text: str) -> list[str]:
    """Return fn:tokenize of one argument: the words between white space."""
    return [word for word in normalize_space(text).split(" ") if word]
