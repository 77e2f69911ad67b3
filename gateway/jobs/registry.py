"""Which jobs a process can do, and what it does again and again; filled in by the runtime."""

from dataclasses import dataclass, field

from gateway.jobs.policy import Policy
from gateway.jobs.work import Handler, Tick
from gateway.kit.database import Database


@dataclass(frozen=True, slots=True)
class Every:
    """Something to be done again and again.

    Attributes:
        seconds: From the end of one run to the next; a missed one is not made up for.
        name: The same in every process.
        run: What is done.
    """

    seconds: float
    name: str
    run: Tick


@dataclass(frozen=True, slots=True)
class Jobs:
    """What the processes of this gateway know to do in the background.

    Attributes:
        database: The pools of the process.
        policy: How patient to be.
    """

    database: Database
    policy: Policy = field(default_factory=Policy)
    _handlers: dict[str, Handler] = field(default_factory=dict)
    _periodic: dict[str, Every] = field(default_factory=dict)

    def handler(self, kind: str, run: Handler) -> None:
        """Do jobs of a kind with this function; it must be idempotent (see `Work`).

        Raises:
            ValueError: The kind has one already.
        """
        if kind in self._handlers:
            raise ValueError(f"two handlers for jobs of kind {kind!r}")
        self._handlers[kind] = run

    def every(self, seconds: float, name: str, run: Tick) -> None:
        """Do something again and again, by one process at a time.

        Keep it short: the others of a process wait meanwhile. What takes long is a job. What
        fails is logged and done again at its next time; what a killed process began is done again
        at once by another.

        Raises:
            ValueError: The name is taken.
        """
        if name in self._periodic:
            raise ValueError(f"two things are done again and again as {name!r}")
        self._periodic[name] = Every(seconds, name, run)

    def handler_of(self, kind: str) -> Handler | None:
        """Return what does jobs of a kind."""
        return self._handlers.get(kind)

    def kinds(self) -> frozenset[str]:
        """Return the kinds of jobs that have a handler."""
        return frozenset(self._handlers)

    def periodic(self) -> tuple[Every, ...]:
        """Return all that is done again and again."""
        return tuple(self._periodic.values())
