"""What can go wrong on the wire, told apart by what to do next.

    TransmissionError
    |- Retry     nothing arrived for certain: send the same bytes again, later
    |  |- GivenUp   it arrived, and the other side gave it up: send the same bytes again, later
    |  |  `- GivenUpTogether   the same of a whole request: with fewer others
    |  `- Declined  it was read and not taken: send the same bytes again when a person says so
    |- Refused   the other side has it and does not want it: never send these bytes again
    `- Unknown   bytes were written and no valid answer came: ask before anything else

The split is the point. A time-out after the request was written is *not* a `Retry`: a fiscal
document would be registered twice.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar, Self

from gateway.archive.service import EvidenceItem
from gateway.kit.ids import new_id
from gateway.transmissions import keepable

CREDENTIAL = frozenset({"credential_refused", "credential_unusable"})
"""Reasons that lie with who we are: the other side does not take it, or we cannot show it.

They concern one tenant, who must act; the endpoint is as well as before.
"""

REFUSED_CREDENTIAL = "credential_refused"
"""Said twice in a row it is not for a moment: a certificate or token that the other side turns
away stays turned away until its owner acts, and nobody waits to tell him."""

ACTED_UPON = CREDENTIAL | frozenset(
    {"login_refused", "register_premise", "seller_unknown", "wrong_place"}
)
"""Reasons that a person must act upon, before the same bytes are taken.

The other side does not know whom we send for; or takes no such thing at the address it is sent to.
"""


class TransmissionError(Exception):
    """The other side failed, or said no.

    Attributes:
        reason: A stable code for programs: `timeout`, `not_connected`, `http_503` ...
        detail: The same for people; what cannot be kept of either is replaced or cut.
        evidence: What came over the wire, to be archived.
        retry_after: Seconds the other side asked us to wait, if it did.
    """

    what_to_do: ClassVar[str]

    def __init__(
        self,
        reason: str,
        detail: str,
        *,
        evidence: Sequence[EvidenceItem] = (),
        retry_after: float | None = None,
    ) -> None:
        self.reason = keepable.text(reason, keepable.REASON)
        self.detail = keepable.text(detail)
        super().__init__(f"{self.reason}: {self.detail}")
        self.evidence = tuple(evidence)
        self.retry_after = retry_after

    def again(self) -> Self:
        """Return the same of another message: its evidence is archived once more, for that."""
        items = [replace(item, id=new_id()) for item in self.evidence]
        return type(self)(self.reason, self.detail, evidence=items, retry_after=self.retry_after)


class Retry(TransmissionError):  # noqa: N818 - the three words of the model
    """Nothing arrived: no connection was made, or it was turned away unread."""

    what_to_do = "send the same bytes again, later"


class GivenUp(Retry):
    """It was there, and is not any more: the other side failed, and wants the same bytes again.

    Said of what arrived, it makes the proof of its arrival void.
    """


class GivenUpTogether(GivenUp):
    """It was there among others, and all of them were given up, whoever's fault it was."""

    what_to_do = "send the same bytes again, with half as many others"


class Declined(Retry):
    """It was read, and not taken, for something that a person can mend beside the bytes.

    Where the law wants the authority to have them in the end, no error of it is the last word: the
    row stands still, and a person has the same bytes sent again.
    """

    what_to_do = "mend what it says, then have the same bytes sent again"


class Refused(TransmissionError):  # noqa: N818
    """A definite no: the same bytes would get the same answer."""

    what_to_do = "correct the document and issue another"


class Unknown(TransmissionError):  # noqa: N818
    """It may have arrived: nobody can say without asking."""

    what_to_do = "ask the other side before sending again"


FORK = "fork"
"""A record is refused because another has its place: our chain is not the authority's."""

NO_PLACE = "no_place"
"""A record is refused and gets no place: the authority will take none of its successors."""

SEND_APART = "send_apart"
"""A request with several messages is turned away, and does not say for which: half of them go."""

OUT_OF_ORDER = "out_of_order"
"""A record is turned away until its predecessor is there."""
