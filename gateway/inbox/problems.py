"""What can go wrong with a received document, as problem details (RFC 9457)."""

from http import HTTPStatus

from gateway.problems import Problem


class ReceivedDocumentStateProblem(Problem):
    """The state of the received document does not allow this.

    A decision stands: what was accepted cannot be rejected, nor the other way round. A document
    that could not be read has no invoice to show. Read it again to see where it stands.
    """

    type = "received-document-state"
    title = "The received document's state does not allow this"
    status = HTTPStatus.CONFLICT


class MessageIdUsedProblem(Problem):
    """A message with this id brought other bytes before; the first one stands.

    Nothing was stored. A message id belongs to one message for ever: send it under a new one.
    """

    type = "message-id-used"
    title = "The message id belongs to another message"
    status = HTTPStatus.CONFLICT
