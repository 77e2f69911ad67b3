"""Why a transmission stands where it stands: event by event, with the rule that decided. Pure.

The state is what `project` says and nothing else. Here each event is added to those before it, and
what it moved, or why it moved nothing, gets a name. Ids of rules are ours and are never reused.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from gateway.transmissions.axes import Business, Regulatory, Transport
from gateway.transmissions.headline import SAID_BY_DOCUMENTS
from gateway.transmissions.states import Action, AxisState, Fact, headline, project


class Rule(StrEnum):
    """What decided about an event."""

    REPEATED = "repeated"
    DECIDED = "decided_by_person"
    CONFIRMED = "confirmed"
    STEP = "transport_step"
    OLDER_STEP = "transport_older_step"
    PROOF = "transport_proof"
    IMPLIED = "transport_implied"
    ARRIVED = "transport_arrived"
    ENDED = "transport_ended"
    END_STAYS = "transport_end_stays"
    VERDICT = "verdict_first"
    STRONGER = "verdict_stronger"
    WEAKER = "verdict_weaker"
    CANCEL_REFUSED = "verdict_cancellation_refused"
    VERDICT_CLASH = "verdict_contradiction"
    BUYER = "buyer_word"
    BUYER_OLDER = "buyer_older_word"
    BUYER_CLASH = "buyer_contradiction"
    TRANSPORT_CLASH = "transport_contradiction"
    ACTION = "person_asked"
    ACTION_MOOT = "person_not_needed"
    ACTION_OVER = "person_no_longer_needed"
    NOTHING = "no_statement"


MEANING = MappingProxyType(
    {
        Rule.REPEATED: "It was said before, and what is said twice counts once.",
        Rule.DECIDED: "A person stated it, or the other side gave up what it had: what was said"
        " before on this axis is void.",
        Rule.CONFIRMED: "It says what was known already.",
        Rule.STEP: "A step of our own: the latest step of the latest attempt counts.",
        Rule.OLDER_STEP: "A step of ours that a later one had overtaken.",
        Rule.PROOF: "The other side proved that it has the bytes.",
        Rule.IMPLIED: "Nobody judges what did not arrive: the verdict proves that it did.",
        Rule.ARRIVED: "What has arrived stays arrived, whatever a step of ours says.",
        Rule.ENDED: "A final word on the transport.",
        Rule.END_STAYS: "The first final word on the transport stays.",
        Rule.VERDICT: "The first verdict.",
        Rule.STRONGER: "A verdict that goes further than the one before, in the same direction.",
        Rule.WEAKER: "The verdict before goes further, in the same direction, and stays.",
        Rule.CANCEL_REFUSED: "A cancellation was asked for and refused: the verdict before it"
        " holds.",
        Rule.VERDICT_CLASH: "The verdicts accept and refuse: the first stays, a person is asked.",
        Rule.BUYER: "The buyer's word that counts: a final one, or the latest of the others.",
        Rule.BUYER_OLDER: "A word of the buyer that a later or final one had overtaken.",
        Rule.BUYER_CLASH: "The buyer accepts and rejects: the first stays, a person is asked.",
        Rule.TRANSPORT_CLASH: "It arrived and did not arrive: the first stays, a person is asked.",
        Rule.ACTION: "A person is asked to look, for as long as the reason lasts.",
        Rule.ACTION_MOOT: "A person was to be asked, but the reason is gone, or another is given.",
        Rule.ACTION_OVER: "The reason to ask a person is gone.",
        Rule.NOTHING: "It says nothing about the state.",
    }
)
"""Every rule, for people."""


@dataclass(frozen=True, slots=True)
class Move:
    """What one event did to one axis.

    Attributes:
        axis: `transport`, `regulatory`, `business` or `action_required`.
        before: Where it stood.
        after: Where it stands.
        rule: What decided.
    """

    axis: str
    before: str | None
    after: str | None
    rule: Rule

    @property
    def moved(self) -> bool:
        """Whether the axis stands elsewhere now."""
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class Stage:
    """The state after one event, and how it came about.

    Attributes:
        state: What all events up to it add up to.
        moves: What it did, one entry for each axis it speaks of or moved.
    """

    state: AxisState
    moves: tuple[Move, ...]


def stages(facts: Sequence[Fact]) -> list[Stage]:
    """Return the history of a transmission: one stage for each fact, in the order they came."""
    found = list[Stage]()
    before = project(())
    seen = set[object]()
    for number, fact in enumerate(facts, start=1):
        after = project(facts[:number])
        repeated = (fact.key or fact) in seen
        seen.add(fact.key or fact)
        found.append(Stage(after, _moves(fact, before, after, repeated=repeated)))
        before = after
    return found


def _moves(fact: Fact, before: AxisState, after: AxisState, *, repeated: bool) -> tuple[Move, ...]:
    moves = list[Move]()
    if fact.transport is not None or before.transport is not after.transport:
        rule = Rule.REPEATED if repeated else _transport(fact, before, after)
        moves.append(Move("transport", before.transport, after.transport, rule))
    if fact.regulatory is not None or before.regulatory is not after.regulatory:
        rule = Rule.REPEATED if repeated else _regulatory(fact, before, after)
        moves.append(Move("regulatory", before.regulatory, after.regulatory, rule))
    if fact.business is not None or before.business is not after.business:
        rule = Rule.REPEATED if repeated else _business(fact, before, after)
        moves.append(Move("business", before.business, after.business, rule))
    moves += _action(fact, before, after)
    return tuple(moves) or (Move("none", None, None, Rule.NOTHING),)


def _transport(fact: Fact, before: AxisState, after: AxisState) -> Rule:
    said = fact.transport
    if fact.decided and said is not None:
        return Rule.DECIDED
    if before.transport is not after.transport:
        if said is not after.transport:
            return Rule.IMPLIED
        proof = Rule.PROOF if said is Transport.SUBMITTED else Rule.STEP
        return Rule.ENDED if said in _ENDS else proof
    if said is after.transport:
        return Rule.CONFIRMED
    if before.transport in _ENDS:
        taken_back = before.transport is Transport.CANCELLED_BEFORE_SEND
        clash = said in _ENDS or (taken_back and said is Transport.SUBMITTED)
        return Rule.TRANSPORT_CLASH if clash else Rule.END_STAYS
    return Rule.ARRIVED if before.transport is Transport.SUBMITTED else Rule.OLDER_STEP


def _regulatory(fact: Fact, before: AxisState, after: AxisState) -> Rule:
    if fact.decided:
        return Rule.DECIDED
    asked = Regulatory.CANCEL_REQUESTED
    if asked in {before.regulatory, fact.regulatory} and after.regulatory in _STANDING:
        return Rule.CANCEL_REFUSED
    if before.regulatory is not after.regulatory:
        unjudged = before.regulatory in {Regulatory.PENDING, Regulatory.NOT_APPLICABLE}
        return Rule.VERDICT if unjudged else Rule.STRONGER
    if fact.regulatory is after.regulatory:
        return Rule.CONFIRMED
    pair = Fact(regulatory=before.regulatory), Fact(regulatory=fact.regulatory)
    return Rule.VERDICT_CLASH if _clash(pair) else Rule.WEAKER


def _business(fact: Fact, before: AxisState, after: AxisState) -> Rule:
    if fact.decided:
        return Rule.DECIDED
    if before.business is not after.business:
        return Rule.BUYER
    if fact.business is after.business:
        return Rule.CONFIRMED
    pair = Fact(business=before.business), Fact(business=fact.business)
    return Rule.BUYER_CLASH if _clash(pair) else Rule.BUYER_OLDER


def _action(fact: Fact, before: AxisState, after: AxisState) -> list[Move]:
    was, now = before.action_required, after.action_required
    if was == now and fact.action is None:
        return []
    if fact.action is not None:
        rule = Rule.ACTION if (now or "").startswith(fact.action) else Rule.ACTION_MOOT
    else:
        rule = Rule.ACTION_OVER if now is None else Rule.ACTION
    return [Move("action_required", was, now, rule)]


def _clash(pair: tuple[Fact, Fact]) -> bool:
    asked = project(pair).action_required
    return asked is not None and asked.startswith(Action.CONTRADICTION)


_STANDING = frozenset(
    {
        Regulatory.DUPLICATE_OF_ACCEPTED,
        Regulatory.ACCEPTED,
        Regulatory.ACCEPTED_WITH_WARNINGS,
        Regulatory.REPORTED,
        Regulatory.CLEARED,
    }
)
"""The verdicts that a refused cancellation leaves standing."""
_ENDS = frozenset(
    {Transport.DELIVERED, Transport.FAILED_PERMANENT, Transport.CANCELLED_BEFORE_SEND}
)


class Headline(StrEnum):
    """What decided about the one word for people."""

    DOCUMENT = "document"
    VOID_REFUSED = "void_refused"
    NOT_SENT = "nothing_to_send"
    PERSON = "person"
    VERDICT = "verdict_against"
    TRANSPORT_END = "transport_end"
    BUYER = "buyer"
    AUTHORITY = "authority"
    TRANSPORT = "transport"


HEADLINE_MEANING = MappingProxyType(
    {
        Headline.DOCUMENT: "The document itself is not, or no longer, in force.",
        Headline.VOID_REFUSED: "It was voided here, and its authority has not taken that: void it"
        " again, which says what the answer asks for.",
        Headline.NOT_SENT: "It was issued to be fetched: nothing is sent.",
        Headline.PERSON: "A person must look; nothing else matters as much.",
        Headline.VERDICT: "The authority or network refused it, or it was taken back there.",
        Headline.TRANSPORT_END: "It was not delivered, and never will be.",
        Headline.BUYER: "The buyer's word says more than delivery and verdict.",
        Headline.AUTHORITY: "The authority's verdict, as the buyer has not answered.",
        Headline.TRANSPORT: "How far the bytes got, as nobody has judged them.",
    }
)
"""Every reason of a headline, for people."""


@dataclass(frozen=True, slots=True)
class HeadlineReason:
    """A headline, and what decided about it.

    Attributes:
        word: The headline.
        reason: What decided.
        deciding: Which of the transmissions, as their index; None where none did.
    """

    word: str
    reason: Headline
    deciding: int | None = None


def headline_reason(document_state: str, states: Sequence[AxisState]) -> HeadlineReason:
    """Return the headline of a document, and why: the transmission that needs most attention."""
    word = headline(document_state, states)
    if document_state == "void_refused":
        return HeadlineReason(word, Headline.VOID_REFUSED)
    if document_state in SAID_BY_DOCUMENTS:
        return HeadlineReason(word, Headline.DOCUMENT)
    if not states:
        return HeadlineReason(word, Headline.NOT_SENT)
    index = next(i for i, state in enumerate(states) if headline("issued", [state]) == word)
    return HeadlineReason(word, _deciding(states[index]), index)


def _deciding(state: AxisState) -> Headline:
    """Return which axis spoke: the one without which nothing would be said."""
    unsaid = AxisState(Transport.CREATED, Regulatory.PENDING, Business.NONE)
    if state.action_required is not None:
        return Headline.PERSON
    if headline("issued", [replace(unsaid, regulatory=state.regulatory)]) in _AGAINST:
        return Headline.VERDICT
    if state.transport in {Transport.FAILED_PERMANENT, Transport.CANCELLED_BEFORE_SEND}:
        return Headline.TRANSPORT_END
    for reason, axis in ((Headline.BUYER, "business"), (Headline.AUTHORITY, "regulatory")):
        alone = replace(unsaid, **{axis: getattr(state, axis)})
        if headline("issued", [alone]) != headline("issued", [unsaid]):
            return reason
    return Headline.TRANSPORT


_AGAINST = frozenset({"rejected", "failed", "cancelled"})
