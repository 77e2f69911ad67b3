"""What can go wrong on the way to people, as problem details (RFC 9457)."""

from http import HTTPStatus

from gateway.problems import Problem


class LogoUnavailableProblem(Problem):
    """The logo that the settings name by address could not be fetched, or is none.

    The first PDF of an issued document is kept for ever, so it is not drawn without its logo. Send
    the request again, or give the logo itself as `settings.pdf_template.logo`. Drafts are drawn
    without it.
    """

    type = "logo-unavailable"
    title = "The logo cannot be had"
    status = HTTPStatus.SERVICE_UNAVAILABLE


class MailNotConfiguredProblem(Problem):
    """This gateway has no mail server, so no e-mail of a live entity can leave.

    The operator sets `GATEWAY_SMTP_URL` and `GATEWAY_MAIL_FROM`. E-mails of sandbox entities are
    captured and need none.
    """

    type = "mail-not-configured"
    title = "There is no mail server"
    status = HTTPStatus.SERVICE_UNAVAILABLE


class NotIssuedProblem(Problem):
    """A draft is nothing to send, to remind of or to share: finalize it first."""

    type = "not-issued"
    title = "The document is not issued"
    status = HTTPStatus.CONFLICT


class DocumentVoidedProblem(Problem):
    """The document was declared void: nobody is to receive it any more."""

    type = "document-voided"
    title = "The document is void"
    status = HTTPStatus.CONFLICT


class NothingToRemindOfProblem(Problem):
    """Only an issued invoice on which something is still to be paid can be reminded of."""

    type = "nothing-to-remind-of"
    title = "There is nothing to pay"
    status = HTTPStatus.CONFLICT


class EmailStateProblem(Problem):
    """Only an e-mail that failed, or whose outcome is unknown, can be sent again."""

    type = "email-state"
    title = "The e-mail's state does not allow this"
    status = HTTPStatus.CONFLICT
