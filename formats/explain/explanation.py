"""Explain a finding or a rejection: cause, place, plain words, reference, and the patch if any."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from formats.en16931.model import Invoice
from formats.explain.catalogue import (
    AUTHORITIES,
    Entry,
    authority_entry,
    rule_entry,
    term_name,
    unknown_entry,
    worded,
)
from formats.explain.fields import place_of, places_in
from formats.findings import Finding
from formats.json.aliases import PointerMap


class Knowledge(StrEnum):
    """How much is known of a code."""

    EXACT = "exact"
    FAMILY = "family"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a finding or a rejection means.

    Attributes:
        code: As given: `BR-CO-15`, `sdi:00400`.
        knowledge: `exact`, `family` (only what its family or range is about), or `unknown`.
        authority: Who answered with it, for a rejection.
        rule_set: The artefact that holds the rule, when a finding says it.
        title: What is wrong, in a few words.
        cause: Why that is wrong.
        action: What to do.
        message: The finding's own words, with its values.
        term: The business term concerned.
        term_name: Its name in the language.
        pointer: Where it stands, in the caller's JSON; with a star for an index that is not
            known.
        reference: Where the rule is laid down.
        patch: JSON Patch that mends it, where there is a mechanical way.
    """

    code: str
    knowledge: Knowledge
    authority: str | None
    rule_set: str | None
    title: str
    cause: str
    action: str
    message: str | None
    term: str | None
    term_name: str | None
    pointer: str | None
    reference: str | None
    patch: tuple[Mapping[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """The document that was judged.

    Attributes:
        invoice: Canonical.
        pointers: The way to the caller's own names.
    """

    invoice: Invoice
    pointers: PointerMap


def explain(
    what: Finding | str, *, language: str = "en", context: Context | None = None
) -> Explanation:
    """Explain a finding, or the code of a rule or rejection.

    Args:
        what: A finding, or `BR-CO-15`, `sdi:00400`, `ksef:440`.
        language: One of `LANGUAGES`.
        context: Tells where in the document the term stands.
    """
    finding = what if isinstance(what, Finding) else None
    code = what.rule if isinstance(what, Finding) else what.strip()
    known = _known(code)
    entry = known or unknown_entry(code)
    words = worded(entry, language)
    said = finding.term if finding and finding.term else entry.term
    knowledge = Knowledge.EXACT if entry.exact else Knowledge.FAMILY
    return Explanation(
        code=code,
        knowledge=knowledge if known is not None else Knowledge.UNKNOWN,
        authority=entry.authority,
        rule_set=finding.rule_set if finding and finding.rule_set else None,
        title=words.title,
        cause=words.cause,
        action=words.action,
        message=finding.message if finding and finding.message else None,
        term=said,
        term_name=term_name(said, language) if said else None,
        pointer=_pointer(finding, said, context),
        reference=entry.reference,
        patch=finding.patch if finding else (),
    )


def plain_fix(code: str, language: str = "en") -> str | None:
    """Return what to do about a rule, for a finding whose author does not say."""
    entry = _known(code)
    return None if entry is None else worded(entry, language).action


def term_of(code: str) -> str | None:
    """Return the business term that a rule is about, where it is about one."""
    entry = _known(code)
    return None if entry is None else entry.term


def _known(code: str) -> Entry | None:
    authority, colon, bare = code.partition(":")
    if colon and authority.lower() in AUTHORITIES:
        return authority_entry(authority.lower(), bare.strip())
    return rule_entry(code)


def _pointer(finding: Finding | None, term: str | None, context: Context | None) -> str | None:
    if finding is not None and finding.pointer is not None:
        return finding.pointer
    place = place_of(term)
    if place is None or context is None:
        return place
    found = places_in(context.invoice, place)
    return context.pointers.as_sent(found[0] if len(found) == 1 else place)
