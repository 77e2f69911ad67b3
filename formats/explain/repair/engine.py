"""The repair engine: menders propose, a judge disposes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pydantic import ValidationError

from formats.en16931.model import Invoice
from formats.en16931.rules import check
from formats.explain import fixes, json_patch
from formats.explain.catalogue import LANGUAGES, language_of
from formats.explain.explanation import plain_fix, term_of
from formats.explain.places import Places, with_places
from formats.explain.repair import amounts, categories, codes, lines, vat_identifiers, wording
from formats.explain.repair.answers import Answers
from formats.explain.repair.edits import Case, Mend, Mender
from formats.explain.repair.readings import with_readings
from formats.explain.repair.subject import Patch, Subject
from formats.findings import Finding
from formats.json.aliases import PointerMap
from formats.profile import Profile

MENDERS: tuple[Mender, ...] = (
    codes.mend,
    vat_identifiers.mend,
    categories.duplicates,
    categories.reasons,
    categories.kinds,
    lines.net_amounts,
    amounts.mend,
    lines.numbers,
    lines.signs,
    lines.price_bases,
    wording.notes,
    wording.periods,
    wording.cards,
    wording.currencies,
    wording.schemes,
    wording.process,
    wording.decimals,
)
"""In the order in which they are tried."""

_ROUNDS = 4
"""How often a repaired invoice is repaired again: what one mend uncovers, another may mend."""

_PAIRED = 100
"""How many findings of one official rule are put beside as many mends."""

_REPEATED = 50
"""Operations that are repeated with every finding of one cause; a longer patch comes once."""

Judge = Callable[[Invoice], tuple[Finding, ...]]
"""What is wrong with an invoice."""


@dataclass(frozen=True, slots=True)
class Repaired:
    """A repaired invoice.

    Attributes:
        invoice: With every mend.
        patch: From the JSON as it was to the JSON as it is.
        mended: The findings that are gone.
        remaining: What is still found; not necessarily by official rules.
    """

    invoice: Invoice
    patch: Patch
    mended: tuple[Finding, ...]
    remaining: tuple[Finding, ...]


def with_repairs(  # noqa: PLR0913 - the parts of a body that was read, and how to speak of it
    findings: Iterable[Finding],
    body: Invoice | Mapping[str, object],
    *,
    invoice: Invoice | None = None,
    pointers: PointerMap | None = None,
    completed: bool = True,
    profile: Profile | None = None,
    language: str = "en",
    places: Callable[[], Places | None] = lambda: None,
    enough: Callable[[], bool] = lambda: False,
) -> tuple[Finding, ...]:
    """Return the findings with a fix, and a patch where there is a mechanical way to mend them.

    Findings whose patches are equal have one cause: it is applied once. Never raises for
    anything that a document says.

    Args:
        findings: With canonical pointers.
        body: What the patches are for: the canonical invoice, or a body as sent.
        invoice: Of a body, the invoice that was made of it.
        pointers: Of a body, the way back to its own names; the findings' pointers then become
            those of the body.
        completed: Of a body, whether the invoice has values that it leaves to us; False where it
            is the canonical invoice as it was sent.
        profile: What it is to be written as: its rules are the judge.
        language: Of fixes; our own rules speak English with the values, the catalogue any.
        places: Tells where terms stand in the XML that was judged; asked where a finding needs it.
        enough: Tells that no more time is to be spent; patches are then left out.
    """
    language = language_of(language)
    findings = tuple(_with_words(finding, language) for finding in _placed(tuple(findings)))
    if isinstance(body, Invoice):
        invoice, subject = body, canonical(body)
    else:
        subject = Subject(body, pointers or PointerMap(), completed)
    if invoice is not None and any(finding.pointer is None for finding in findings):
        findings = with_places(findings, None if enough() else places(), invoice)
    lacking = any(not finding.patch for finding in findings)
    if invoice is not None and lacking and not enough():
        mends = _accepted(invoice, findings, profile, subject, enough)
        findings = _with_patches(findings, mends, subject)
        findings = _of_one_cause(findings, invoice, mends, subject, judge_of(profile))
        findings = with_readings(findings, invoice, profile, subject, language)
    return tuple(_as_sent(finding, subject, language) for finding in findings)


def repair(
    invoice: Invoice, *, profile: Profile | None = None, findings: Iterable[Finding] = ()
) -> Repaired:
    """Mend an invoice as far as that is certain, in several rounds.

    Args:
        invoice: Canonical; what follows from its values is compared, never assumed.
        profile: Its rules are the judge.
        findings: What else was found, by official rules say.
    """
    first = (*judge_of(profile)(invoice), *findings)
    found, mended = first, invoice
    patch: list[Mapping[str, object]] = []
    for _ in range(_ROUNDS):
        mends = _accepted(mended, found, profile, canonical(mended))
        operations = canonical(mended).patch(mends)
        changed = _applied(mended, operations)
        if not operations or changed is None:
            break
        patch += operations
        mended, found = changed, judge_of(profile)(changed)
    remaining = {(finding.rule, finding.pointer) for finding in found}
    gone = tuple(one for one in first if (one.rule, one.pointer) not in remaining)
    return Repaired(mended, tuple(patch), gone if patch else (), found)


def canonical(invoice: Invoice) -> Subject:
    """Return the canonical invoice as the JSON that is patched."""
    return Subject(invoice.model_dump(mode="json", exclude_defaults=True))


def judge_of(profile: Profile | None) -> Judge:
    """Return the rules that judge whether a mend is one: the profile's, or EN 16931's."""
    if profile is None:
        return check
    return lambda invoice: tuple(finding for rules in profile.rules for finding in rules(invoice))


def _accepted(
    invoice: Invoice,
    findings: Sequence[Finding],
    profile: Profile | None,
    subject: Subject,
    enough: Callable[[], bool] = lambda: False,
) -> tuple[Mend, ...]:
    """Return the mends that answer a finding and hold: all together, or those that hold alone."""
    if invoice.extensions is not None and invoice.extensions.tax_scheme is not None:
        return ()  # about another tax: the rules see a part of it only
    rules = frozenset(finding.rule for finding in findings)
    case = Case(invoice, rules, profile, subject.states)
    proposals = []
    for mender in MENDERS:
        if enough():
            return ()
        proposed = list(mender(case))
        answers = Answers(proposed)
        wanted = {id(mend) for finding in findings for mend in answers.to(finding)}
        if wanted:
            proposals.append([mend for mend in proposed if id(mend) in wanted])
    if enough():
        return ()
    judge = judge_of(profile)
    before = _seen((*judge(invoice), *findings)) if proposals else frozenset()
    together = [mend for mends in proposals for mend in mends]
    if together and _holds(invoice, together, judge, before):
        return tuple(together)
    accepted: list[Mend] = []
    for mends in proposals if len(proposals) > 1 else ():
        if enough():
            break
        if _holds(invoice, [*accepted, *mends], judge, before):
            accepted += mends
    return tuple(accepted)


def _holds(
    invoice: Invoice,
    mends: Sequence[Mend],
    judge: Judge,
    before: frozenset[tuple[str, str | None]],
) -> bool:
    """Tell whether the mended invoice has less wrong with it, and nothing that it had not."""
    changed = _applied(invoice, canonical(invoice).patch(mends))
    if changed is None:
        return False
    after = judge(changed)
    if _seen(after) - before:
        return False
    answers = Answers(mends)
    return not any(answers.to(finding) for finding in after)


def _seen(findings: Iterable[Finding]) -> frozenset[tuple[str, str | None]]:
    return frozenset((finding.rule, finding.pointer) for finding in findings)


def _applied(invoice: Invoice, operations: Patch) -> Invoice | None:
    if not operations:
        return None
    value = invoice.model_dump(mode="json", exclude_defaults=True)
    try:
        return Invoice.model_validate(json_patch.apply(value, operations))
    except (json_patch.PatchError, ValidationError):
        return None


def _placed(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Give official findings place and fix of our own rule of that id, which knows the values.

    Where both found it broken as often, in the order of the document.
    """
    own: dict[str, list[Finding]] = {}
    official: dict[str, list[Finding]] = {}
    for finding in findings:
        kind = own if finding.pointer is not None else official
        if finding.pointer is not None or finding.location is not None:
            kind.setdefault(finding.rule, []).append(finding)
    placed: dict[int, Finding] = {}
    for rule, found in official.items():
        ours = list({one.pointer: one for one in own.get(rule, ())}.values())
        if len(ours) == len(found):
            for finding, twin in zip(found, ours, strict=True):
                placed[id(finding)] = replace(
                    finding,
                    pointer=twin.pointer,
                    term=twin.term,
                    fix=finding.fix or twin.fix,
                )
    return tuple(placed.get(id(finding), finding) for finding in findings)


def _with_words(finding: Finding, language: str) -> Finding:
    """Give an official finding a fix and its term; all fixes in the language asked for."""
    term = finding.term or term_of(finding.rule)
    fix = finding.fix
    if fix is None or language != LANGUAGES[0]:
        fix = plain_fix(finding.rule, language) or fix
    if (term, fix) == (finding.term, finding.fix):
        return finding
    return replace(finding, term=term, fix=fix)


def _as_sent(finding: Finding, subject: Subject, language: str) -> Finding:
    """Return a finding in the names of the body; its fix says what its patch does."""
    if finding.pointer is not None:
        finding = replace(finding, pointer=subject.place(finding.pointer))
    return replace(finding, fix=fixes.said(finding, language)) if finding.patch else finding


def _of_one_cause(
    findings: tuple[Finding, ...],
    invoice: Invoice,
    mends: Sequence[Mend],
    subject: Subject,
    judge: Judge,
) -> tuple[Finding, ...]:
    """Give the only mend to every finding that it makes go away, whatever its rule."""
    if len(mends) != 1 or all(finding.patch for finding in findings):
        return findings
    changed = _applied(invoice, canonical(invoice).patch(mends))
    before = _seen(judge(invoice))
    if changed is None:
        return findings
    gone = before - _seen(judge(changed))
    patch = subject.patch(mends)
    if len(patch) > _REPEATED:
        return findings
    return tuple(
        replace(finding, patch=patch)
        if not finding.patch and (finding.rule, finding.pointer) in gone
        else finding
        for finding in findings
    )


def _with_patches(
    findings: tuple[Finding, ...], mends: Sequence[Mend], subject: Subject
) -> tuple[Finding, ...]:
    """Give every finding the patch of its mends; the same mends make one patch."""
    answers, made = Answers(mends), dict[tuple[int, ...], Patch]()
    unplaced: dict[str, list[int]] = {}
    for finding in findings:
        if finding.pointer is None:
            unplaced.setdefault(finding.rule, []).append(id(finding))
    patched = []
    for finding in findings:
        own = answers.to(finding)
        if finding.pointer is None and len(own) > 1:  # an official rule, found at several places
            alike = unplaced[finding.rule]
            own = [own[alike.index(id(finding))]] if len(alike) == len(own) <= _PAIRED else []
        key = tuple(map(id, own))
        if own and key not in made:
            made[key] = subject.patch(own)
        elif len(made.get(key, ())) > _REPEATED:
            own = []  # said once: a thousand lines would say it a thousand times
        patched.append(replace(finding, patch=made[key]) if own and not finding.patch else finding)
    return tuple(patched)
