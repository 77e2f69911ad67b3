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
