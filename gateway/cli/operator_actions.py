"""What operators do: stop channels and let them go on; try again, state an outcome, take back."""

import getpass
from collections.abc import Callable
from contextlib import closing
from typing import get_args

from gateway.cli.operator import opened, row_of
from gateway.kit import clock
from gateway.kit.console import err, fail, out
from gateway.kit.ids import parse_id
from gateway.kit.tenancy import Actor
from gateway.problems import Problem
from gateway.runtime import Runtime
from gateway.settings import Settings
from gateway.transmissions import operations
from gateway.transmissions.axes import AxisState
from gateway.transmissions.operations import Operator, Outcome

_REFUSED = 1


def pause(channel: str, reason: str) -> int:
    """Stop a channel."""
    with opened() as database:
        stopped = operations.pause(
            database, channel, reason=reason, actor=getpass.getuser(), now=clock.now()
        )
    err.print(f"{channel} is stopped" if stopped else f"{channel} stood still already")
    return 0


def resume(channel: str) -> int:
    """Let a channel go on."""
    with opened() as database:
        resumed = operations.resume(database, channel, actor=getpass.getuser())
    err.print(f"{channel} goes on" if resumed else f"{channel} was not stopped")
    return 0


def retry(transmission: str, reason: str) -> int:
    """Send what is stuck again."""

    def act(runtime: Runtime, operator: Operator, channel: str) -> AxisState:
        conduct = runtime.conduct_of(channel)
        safe = conduct is not None and conduct.resend_is_safe
        return operator.retry(parse_id(transmission, "trn"), resend_is_safe=safe)

    return _acted(transmission, reason, act)


def resolve(transmission: str, outcome: str, reason: str) -> int:
    """State what became of a transmission."""
    stated = next((one for one in get_args(Outcome) if one == outcome), None)
    if stated is None:
        fail(f"{outcome} is none of {', '.join(get_args(Outcome))}", 2)

    def act(_: Runtime, operator: Operator, __: str) -> AxisState:
        return operator.resolve(parse_id(transmission, "trn"), stated)

    return _acted(transmission, reason, act)


def cancel(transmission: str, reason: str) -> int:
    """Take a document back that was never sent."""

    def act(_: Runtime, operator: Operator, __: str) -> AxisState:
        return operator.cancel(parse_id(transmission, "trn"))

    return _acted(transmission, reason, act)


def _acted(
    transmission: str, reason: str, act: Callable[[Runtime, Operator, str], AxisState]
) -> int:
    """Act on a transmission in the operator's name, and print where it stands then."""
    from gateway.cli.serving import CANNOT_START  # noqa: PLC0415 - loads the whole server

    try:
        runtime = Runtime.open(Settings())
    except CANNOT_START as error:
        fail(str(error))
    with closing(runtime):
        row = row_of(runtime.database, transmission)
        operator = Operator(
            database=runtime.database,
            journal=runtime.journal,
            tenant=row.tenant,
            actor=Actor("operator", getpass.getuser()),
            reason=reason,
            now=clock.now(),
        )
        try:
            state = act(runtime, operator, row.lane.partition("/")[0])
        except Problem as problem:
            fail(f"{problem.title}: {problem.detail}", _REFUSED)
    words = (state.transport, state.regulatory, state.business, state.action_required)
    out.print("  ".join(word for word in words if word))
    return 0
