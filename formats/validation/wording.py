"""What the authors of rule sets write, in our words: severities, messages, business terms."""

import re
from typing import Final

from formats.findings import Flag

_TERM = re.compile(r"\bB[TG]-\d+\b")
_FLAGS: Final = {
    "warning": Flag.WARNING,
    "information": Flag.INFORMATION,
    "info": Flag.INFORMATION,
}


def flag(severity: str) -> Flag:
    """Return the severity; anything but a word we know to be milder is fatal.

    Args:
        severity: `flag` as written; PINT, Serbia and France write it as `role`.
    """
    return _FLAGS.get(severity.strip().lower(), Flag.FATAL)


def message(rule: str, text: str) -> str:
    """Return a message without the white space and the id that surround it.

    EN 16931 and Peppol repeat the id in the text: "[BR-02]-An Invoice shall have ...".
    """
    words = " ".join(text.split())
    named = f"[{rule}]"
    if words.startswith(named):
        words = words.removeprefix(named).lstrip()
        if words[:1] in {"-", ":"}:
            words = words[1:].lstrip()
    return words or rule


def term(message_: str) -> str | None:
    """Return the business term a message is about, when it names exactly one."""
    terms = set(_TERM.findall(message_))
    return terms.pop() if len(terms) == 1 else None
