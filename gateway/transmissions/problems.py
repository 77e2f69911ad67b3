"""Why something is not done to a transmission, in the words of the API."""

from http import HTTPStatus

from gateway.problems import Problem


class TransmissionBusyProblem(Problem):
    """The transmission is on the wire, or takes care of itself: nothing is to be done by hand.

    Read it again in a moment.
    """

    type = "transmission-busy"
    title = "The transmission takes care of itself"
    status = HTTPStatus.CONFLICT


class OutcomeUnknownProblem(Problem):
    """Bytes of this transmission may have arrived: sending them again could register them twice.

    Ask the other side, then state what became of them (`resolve`).
    """

    type = "outcome-unknown"
    title = "The bytes may have arrived"
    status = HTTPStatus.CONFLICT


class TransmissionArrivedProblem(Problem):
    """The other side has the bytes: they are neither sent again nor taken back."""

    type = "transmission-arrived"
    title = "The bytes have arrived"
    status = HTTPStatus.CONFLICT


class OrderMattersProblem(Problem):
    """The channel takes documents in their order: none of them can be left out."""

    type = "order-matters"
    title = "The order of documents matters here"
    status = HTTPStatus.CONFLICT


class DutyProblem(Problem):
    """The law wants the authority to be told of every document that was issued.

    What was issued is told, be it late. Correct the document by another one, of which the
    authority is told, too.
    """

    type = "duty"
    title = "The law wants this to be sent"
    status = HTTPStatus.CONFLICT


class ChannelUnknownProblem(Problem):
    """There is no channel of this name."""

    type = "channel-unknown"
    title = "No such channel"
    status = HTTPStatus.NOT_FOUND
