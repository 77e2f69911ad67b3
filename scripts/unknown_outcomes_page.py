"""The page of unknown outcomes, docs/unknown-outcomes.md: from the table, and the adapters."""

from collections.abc import Iterator
from datetime import timedelta

from countries.calendars import Span
from gateway.channels.registry import CHANNELS
from gateway.transmissions.bookkeeping import Bookkeeping
from gateway.transmissions.conduct import Conduct
from gateway.transmissions.verdicts.unknown_outcomes import UnknownOutcome, unknown_outcomes

_OUTCOMES = (
    "| Authority | The same bytes again | Asked by | It arrived if"
    " | Never seen is believed after | Source | |"
)
_ADAPTERS = (
    "| Channel | Shape | The same bytes again | Never seen is believed after | Sent within"
    " | Verdict within | Limits | While it is away | Tells what it has |"
)
_RESEND = {"always": "safe", "absent": "only if it was never seen", "never": "never"}


def unknown_outcomes_page() -> str:
    """Return docs/unknown-outcomes.md: what is done with bytes of which nobody heard again."""
    return "\n".join(
        [
            "# When no answer came",
            "",
            (
                "Bytes went out, and no valid answer came: nobody can say whether they were "
                "registered. What may be done then differs from authority to authority. Generated "
                "by `scripts/write_docs.py` from "
                "`gateway/transmissions/verdicts/unknown_outcomes.toml` and the adapters; do not "
                "edit."
            ),
            "",
            (
                "Only channels with an adapter (below) are in use; the other rows are what theirs "
                "will be held to. Confidence: **A** the law or two sources, **B** one good "
                "source, **C** weak, **M** from memory. Read anything below A again before "
                "you rely on it."
            ),
            "",
            _OUTCOMES,
            "|---|---|---|---|---|---|---|",
            *(_row(one) for one in unknown_outcomes().values()),
            "",
            "## Adapters",
            "",
            (
                "What the adapters declare (`Conduct`). The contract suite fails when one differs "
                "from its row above, and tries on its authority whether both are right."
            ),
            "",
            _ADAPTERS,
            "|---|---|---|---|---|---|---|---|---|",
            *(
                _adapter(name, kind.usual, tells=issubclass(kind, Bookkeeping))
                for name, kind in CHANNELS.items()
            ),
            "",
        ]
    )


def _row(one: UnknownOutcome) -> str:
    again = _RESEND[one.resend] + (f", {one.how}" if one.how else "")
    again += f" ({one.note})" if one.note else ""
    arrived = ", ".join(one.arrived)
    wait = _time(one.wait) if one.wait else ""
    return (
        f"| `{one.authority}` | {again} | {one.ask} | {arrived} | {wait} | {one.source}"
        f" | {one.confidence} |"
    )


def _adapter(name: str, conduct: Conduct, *, tells: bool) -> str:
    again = "safe" if conduct.resend_is_safe else "only if it was never seen"
    offline = conduct.offline
    away = "documents wait" if offline is None else f"issued, sent within {_time(offline.within)}"
    limits = ", ".join(_limits(conduct)) or "none"
    return (
        f"| `{name}` | {conduct.shape} | {again} | {_time(conduct.settle)}"
        f" | {_time(conduct.deadline)} | {_time(conduct.verdict_within)} | {limits} | {away}"
        f" | {'yes' if tells else 'no'} |"
    )


def _limits(conduct: Conduct) -> Iterator[str]:
    for one in conduct.limits:
        yield f"{one.operation}: {one.tokens} in {one.seconds:g} s per {one.scope}"


def _time(span: Span) -> str:
    if not isinstance(span, timedelta):
        return str(span)
    seconds = span.total_seconds()
    for size, unit in ((3600, "h"), (60, "min")):
        if seconds >= size and seconds % size == 0:
            return f"{seconds / size:g} {unit}"
    return f"{seconds:g} s"
