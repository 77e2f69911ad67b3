"""The gateway's validator: the catalogue of this machine, its engine, and `formats`' judge."""

import contextlib
import datetime
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from threading import Event, Thread, local
from typing import TYPE_CHECKING, Protocol, Self

from formats.findings import Report
from formats.profile import Profile
from formats.validation import named, pipeline, xsd
from formats.validation.engine import EngineError, RuleEngine, TimeSpentError
from formats.validation.layers import in_time
from formats.validation.rules import CompiledRules
from formats.validation.xsd import SchemaError
from gateway.compliance.rule_store import RuleStore
from gateway.kit import clock
from schemas import Artefact, ArtefactMissingError, Catalog

if TYPE_CHECKING:
    from formats.en16931 import Invoice


class Installation(Protocol):
    """What judging needs of the settings."""

    @property
    def data(self) -> Path:
        """Where the gateway writes; the artefact cache is below."""
        ...

    @property
    def schemas_dir(self) -> Path | None:
        """A further directory with official artefacts."""
        ...

    @property
    def compiled_rules(self) -> Path:
        """Where compiled rule sets are kept."""
        ...

    @property
    def validation_seconds(self) -> float:
        """The longest one document may be judged."""
        ...


class PreparedEngine(RuleEngine, Protocol):
    """An engine that can be made ready before the first document."""

    def prepare(self, artefact: Artefact) -> None:
        """Load a rule set; raises `EngineError`."""
        ...


class Budget:
    """The time that one document may take, over all that is done for it; one per thread.

    Args:
        seconds: Wall-clock time from `started` on.
        now: Tells the seconds of some clock that only goes forward.
    """

    def __init__(self, seconds: float, now: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._now = now
        self._local = local()

    @contextlib.contextmanager
    def started(self) -> Iterator[None]:
        """Count from here, or go on counting inside such a block: one document is judged in it."""
        if hasattr(self._local, "deadline"):
            yield
            return
        self._local.deadline = self._now() + self._seconds
        try:
            yield
        finally:
            del self._local.deadline

    def ticking(self) -> Callable[[], None]:
        """Return what layers call now and then; it raises `TimeSpentError` when time is up."""
        now = self._now
        deadline: float | None = getattr(self._local, "deadline", None)
        if deadline is None:
            deadline = now() + self._seconds

        def tick() -> None:
            if now() > deadline:
                raise TimeSpentError(f"judging it took longer than {self._seconds:g} s")

        return tick


class Validator:
    """Judges documents; one per process, used from any thread.

    Args:
        catalog: Finds the artefacts.
        engine: Runs official rule sets; None judges everything else and leaves those out, which
            makes no document valid.
        budget: The time a document may take; None for as long as it takes.
    """

    def __init__(
        self, catalog: Catalog, engine: PreparedEngine | None, budget: Budget | None = None
    ) -> None:
        self.catalog = catalog
        self._engine = engine
        self._budget = budget
        self._closing = Event()
        self._warming: Thread | None = None

    @classmethod
    def open(cls, place: Installation, now: Callable[[], datetime.datetime] = clock.now) -> Self:
        """Build it as an installation has it: artefacts of the settings, compiled rules.

        Args:
            place: Where they are.
            now: What rules that ask for the current date are told.
        """
        directories = () if place.schemas_dir is None else (place.schemas_dir,)
        budget = Budget(place.validation_seconds)
        engine = CompiledRules(RuleStore(place.compiled_rules), now=now, ticking=budget.ticking)
        return cls(Catalog(directories, cache=place.data / "schemas"), engine, budget)

    def started(self) -> contextlib.AbstractContextManager[None]:
        """Count one document's time from here: all that is done inside the block."""
        return contextlib.nullcontext() if self._budget is None else self._budget.started()

    def time_is_up(self) -> bool:
        """Tell whether the time of the document that is judged in this thread is spent."""
        if self._budget is None:
            return False
        try:
            self._budget.ticking()()
        except TimeSpentError:
            return True
        return False

    def validate(
        self, content: bytes, profile: Profile, as_of: date, invoice: "Invoice | None" = None
    ) -> Report:
        """Return what every layer says about a document; see `pipeline.judge`."""
        with self.started():
            return pipeline.judge(
                content,
                profile=profile,
                as_of=as_of,
                catalog=self.catalog,
                engine=self._engine,
                invoice=invoice,
                ticking=self._ticking(),
            )

    def validate_by(
        self, content: bytes, names: Sequence[str], as_of: date, *, in_order: bool = False
    ) -> Report:
        """Return what named schemas and rule sets say about a document; see `named.judge_by`."""
        with self.started():
            return named.judge_by(
                content,
                names,
                as_of=as_of,
                catalog=self.catalog,
                engine=self._engine,
                in_order=in_order,
                ticking=self._ticking(),
            )

    def missing(self, profile: Profile, as_of: date) -> tuple[str, ...]:
        """Return the official files that judging a profile needs and that are not installed."""
        families = dict.fromkeys((*profile.schemas.values(), *profile.rule_sets))
        absent = []
        for family in families:
            try:
                self.catalog.resolve(family, as_of)
            except ArtefactMissingError:
                absent.append(family)
        return tuple(absent)

    def _ticking(self) -> Callable[[], None]:
        return in_time if self._budget is None else self._budget.ticking()

    def warm(self, profiles: Iterable[Profile], as_of: date) -> None:
        """Load schemas and rule sets in the background, so that the first document is not slow.

        What cannot be loaded is left for `validate`, which says so in its report.
        """
        profiles = tuple(profiles)
        schemas = dict.fromkeys(f for profile in profiles for f in profile.schemas.values())
        rule_sets = dict.fromkeys(f for profile in profiles for f in profile.rule_sets)
        self._warming = Thread(
            target=self._load, args=(tuple(schemas), tuple(rule_sets), as_of), daemon=True
        )
        self._warming.start()

    def close(self) -> None:
        """Stop warming."""
        self._closing.set()
        if self._warming is not None:
            self._warming.join()

    def _load(self, schemas: Iterable[str], rule_sets: Iterable[str], as_of: date) -> None:
        for family in schemas:
            with contextlib.suppress(ArtefactMissingError, SchemaError):
                xsd.load(self.catalog.resolve(family, as_of))
        for family in rule_sets:
            if self._engine is None or self._closing.is_set():
                return
            with contextlib.suppress(ArtefactMissingError, EngineError):
                self._engine.prepare(self.catalog.resolve(family, as_of))
