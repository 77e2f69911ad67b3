"""What can go wrong with an exit."""

from http import HTTPStatus

from gateway.problems import ConflictProblem, Problem


class ExitNotReadyProblem(ConflictProblem):
    """The exit has no file: it is still being made, or it failed. Its `state` says which."""

    type = "exit-not-ready"
    title = "The exit has no file yet"


class ExitExpiredProblem(Problem):
    """The file of the exit was kept for some days and is gone. Ask for another exit."""

    type = "exit-expired"
    title = "The exit has expired"
    status = HTTPStatus.GONE


class ExitReceiverProblem(Problem):
    """Keys and secrets go only to installations that the operator of this one has named.

    Whoever holds a key of the API could otherwise have them sealed to himself. Ask the operator to
    add the key of the other installation to `GATEWAY_EXIT_RECEIVERS`, or leave `secrets_for` out.
    """

    type = "exit-receiver-unknown"
    title = "No secrets go to that installation"
    status = HTTPStatus.FORBIDDEN


class ExitUnfinishedProblem(ConflictProblem):
    """What this installation began for the entity must end before the entity leaves it.

    `unfinished` lists it. Wait for its end, or take it back.
    """

    type = "exit-unfinished"
    title = "Something of the entity is not finished"


class ExitNotLeavingProblem(ConflictProblem):
    """The entity is not leaving, so it is written about while it moves.

    Ask for an exit with `leaving`, and move with that.
    """

    type = "exit-not-leaving"
    title = "The entity is not leaving"


class ExitOutdatedProblem(ConflictProblem):
    """The entity changed after this exit was made, so another installation would go on wrongly.

    `tables` says where. Ask for another exit with `leaving`, and move with that.
    """

    type = "exit-outdated"
    title = "The exit is older than the entity"


class ExitMovedProblem(ConflictProblem):
    """The entity has moved already, with another exit or elsewhere, or cannot stay any more."""

    type = "exit-moved"
    title = "The entity has moved"
