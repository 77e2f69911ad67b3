"""Why Spain's rules for billing programs do not apply to an entity, or cannot be followed."""

from http import HTTPStatus

from gateway.problems import Problem


class VerifactuSchemeProblem(Problem):
    """The entity does not keep records as Spanish law wants them.

    Choose `es-verifactu` in its settings (`fiscalization`) first.
    """

    type = "verifactu-scheme"
    title = "The entity is not under es-verifactu"
    status = HTTPStatus.CONFLICT


class EventUnsignedProblem(Problem):
    """The key of the purpose `fiscal-signature` cannot sign an event of the log.

    `reason` says why.

    Nothing was done that the log would have to tell of. Give the entity an RSA key with a
    certificate in force, and try again.
    """

    type = "verifactu-event-unsigned"
    title = "The log of events cannot be signed"
    status = HTTPStatus.CONFLICT

    def __init__(self, reason: str) -> None:
        super().__init__(f"The event cannot be signed: {reason}", reason=reason)


class VerifactuYearProblem(Problem):
    """The entity sent records to the AEAT this year, and sends them until the year ends.

    Real Decreto 1007/2023, artículo 16. Say `verifactu_until` with this year: from 1 January on
    its records are kept.
    """

    type = "verifactu-year"
    title = "Records are sent until the year ends"
    status = HTTPStatus.CONFLICT

    def __init__(self, year: int) -> None:
        super().__init__(
            f"The entity sent records in {year}, and sends them until that year ends; set"
            f" verifactu_until to {year} to keep them from then on.",
            year=year,
        )


class ExportEmptyProblem(Problem):
    """There are neither records nor events of these days.

    Name other days; they are days in Spain, by the moment of each record.
    """

    type = "verifactu-export-empty"
    title = "Nothing is held of these days"
    status = HTTPStatus.CONFLICT

    def __init__(self) -> None:
        super().__init__("Neither records nor events are held of these days.")


class ExportTooLongProblem(Problem):
    """There are more records, or events, of these days than one file takes; `most` says how many.

    Ask for fewer days at once.
    """

    type = "verifactu-export-too-long"
    title = "Too much for one file"
    status = HTTPStatus.CONFLICT

    def __init__(self, most: int) -> None:
        super().__init__(f"One file takes {most} records; ask for fewer days.", most=most)


class DemandRefusedProblem(Problem):
    """The AEAT turned the whole submission away; `reason` is its code, `detail` what it says.

    Nothing was taken. Correct what it names, the reference first, and send it again.
    """

    type = "verifactu-demand-refused"
    title = "The AEAT refused the submission"
    status = HTTPStatus.CONFLICT

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"The AEAT refused: {detail}", reason=reason)


class DemandUnknownProblem(Problem):
    """It is not known whether the AEAT took the submission.

    Send the same again: what it has, it answers with 3000 or 3001, and nothing is taken twice.
    """

    type = "verifactu-demand-unknown"
    title = "The AEAT's answer is not known"
    status = HTTPStatus.BAD_GATEWAY

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"The AEAT gave no answer that says so: {detail}", reason=reason)
