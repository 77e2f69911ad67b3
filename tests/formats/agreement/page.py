"""The page docs/agreement.md: every rule, how often both found it, and why they differ."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from tests.formats.agreement.explanations import Explanation, explanation_of
from tests.formats.agreement.measuring import BOTH, OFFICIAL, OURS, Agreement
from tests.formats.agreement.not_asked import NOT_ASKED
from tests.formats.agreement.sides import SIDES, Official
from tests.formats.agreement.subjects import KINDS

_TITLE = """\
# Our rules beside the official ones

Written by `scripts/write_agreement.py`; do not edit. The tests of `tests/formats/agreement/`
compare this page with what they measure, and fail for a difference that is not explained below.

The semantic rules look at the invoice, before anything is written; the official ones at the
document. Both were asked about the same invoices: every UBL and CII document with a declared
verdict that can be read, the invoices that KoSIT's instructions make of its test documents, and
mutants: good invoices with one thing wrong, a fixed seed each, written in UBL or CII by our own
writers. Counted is whether a rule fires for an invoice, whatever its severity.
"""


def page(official: Official, agreement: Agreement) -> str:
    """Return the page."""
    return "\n".join(
        [
            _TITLE,
            "## What was asked",
            "",
            *_judged(agreement),
            "",
            "## Why both differ",
            "",
            *_reasons(agreement),
            "",
            "## Official rules that are not asked of the invoice",
            "",
            *(f"- {', '.join(f'`{rule}`' for rule in rules)}: {why}" for rules, why in NOT_ASKED),
            "",
            "## Rule by rule",
            "",
            "A rule that nothing made fire in either is counted only.",
            "",
            *(line for name in SIDES for line in _rules(official, name, agreement)),
        ]
    )


def _judged(agreement: Agreement) -> Iterator[str]:
    yield f"| Rule set | Artefact | {' | '.join(KINDS)} | agreeing | differing |"
    yield f"|---|---|{'---:|' * (len(KINDS) + 2)}"
    for name, side in SIDES.items():
        counts = [str(agreement.judged[name, kind]) for kind in KINDS]
        agreed = sum(
            count for (of, _, who), count in agreement.fired.items() if of == name and who == BOTH
        )
        differing = sum(each.side == name for each in agreement.differences)
        yield f"| {name} | `{side.family}` | {' | '.join(counts)} | {agreed} | {differing} |"


def _reasons(agreement: Agreement) -> Iterator[str]:
    found: defaultdict[Explanation, Counter[tuple[str, str]]] = defaultdict(Counter)
    for each in agreement.differences:
        explanation = explanation_of(each)
        if explanation is not None:
            found[explanation][each.side, each.rule] += 1
    yield "| Who alone | Rules (how often) | Why |"
    yield "|---|---|---|"
    for explanation, counts in found.items():
        rules = ", ".join(
            f"{side} `{rule}` ({count})" for (side, rule), count in sorted(counts.items())
        )
        yield f"| {explanation.who} | {rules} | {explanation.reason} |"


def _rules(official: Official, name: str, agreement: Agreement) -> Iterator[str]:
    side = SIDES[name]
    rules = official.ids(side) & side.rules
    fired = {rule for of, rule, _ in agreement.fired if of == name}
    yield f"### {name}"
    yield ""
    yield (
        f"{len(rules)} rules are asked of both; {len(rules - fired)} of them were broken by"
        f" nothing: {_listed(rules - fired)}."
    )
    yield ""
    yield "| Rule | Both | Only official | Only ours |"
    yield "|---|---:|---:|---:|"
    for rule in sorted(rules & fired, key=_natural):
        cells = (str(agreement.fired[name, rule, who]) for who in (BOTH, OFFICIAL, OURS))
        yield f"| `{rule}` | {' | '.join(cells)} |"
    yield ""


def _listed(rules: frozenset[str] | set[str]) -> str:
    return ", ".join(f"`{rule}`" for rule in sorted(rules, key=_natural)) or "none"


def _natural(rule: str) -> list[tuple[str, int]]:
    return [(text, int(number or 0)) for text, number in re.findall(r"(\D+)(\d*)", rule)]
