"""The gateway's validator: the catalogue of this machine, its engine, and `formats`' judge."""

import contextlib
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from threading import Event, Thread
from typing import Protocol, Self

from formats.en16931 import Invoice
from formats.findings import Report
from formats.profile import Profile
from formats.validation import named, pipeline, xsd
from formats.validation.engine import EngineError, RuleEngine
from formats.validation.xsd import SchemaError
from gateway.compliance.oracle import SaxonOracle
from schemas import Artefact, ArtefactMissingError, Catalog


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


class PreparedEngine(RuleEngine, Protocol):
    """An engine that can be made ready before the first document, and ended."""

    def prepare(self, artefact: Artefact) -> None:
        """Load a rule set; raises `EngineError`."""
        ...

    def close(self) -> None:
        """End it."""
        ...


class Validator:
    """Judges documents; one per process, used from any thread.

    Args:
        catalog: Finds the artefacts.
        engine: Runs official rule sets; None judges everything else and leaves those out, which
            makes no document valid.
    """

    def __init__(self, catalog: Catalog, engine: PreparedEngine | None) -> None:
        self.catalog = catalog
        self._engine = engine
        self._closing = Event()
        self._warming: Thread | None = None

    @classmethod
    def open(cls, place: Installation) -> Self:
        """Build it as an installation has it: artefacts of the settings, Saxon as the engine.

        No process is started before the first document or `warm`.
        """
        directories = () if place.schemas_dir is None else (place.schemas_dir,)
        return cls(Catalog(directories, cache=place.data / "schemas"), SaxonOracle())

    def validate(
        self, content: bytes, profile: Profile, as_of: date, invoice: Invoice | None = None
    ) -> Report:
        """Return what every layer says about a document; see `pipeline.judge`."""
        return pipeline.judge(
            content,
            profile=profile,
            as_of=as_of,
            catalog=self.catalog,
            engine=self._engine,
            invoice=invoice,
        )

    def validate_by(
        self, content: bytes, names: Sequence[str], as_of: date, *, in_order: bool = False
    ) -> Report:
        """Return what named schemas and rule sets say about a document; see `named.judge_by`."""
        return named.judge_by(
            content,
            names,
            as_of=as_of,
            catalog=self.catalog,
            engine=self._engine,
            in_order=in_order,
        )

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
        """Stop warming and end the engine."""
        self._closing.set()
        if self._engine is not None:
            self._engine.close()
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
