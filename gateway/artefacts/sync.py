"""Getting what is missing: each artefact from the first of its sources that has its bytes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from gateway.artefacts.errors import FetchError, StoreError
from gateway.artefacts.policy import Policy
from gateway.artefacts.sources import Origins
from gateway.artefacts.store import Store
from schemas import Availability, Catalog, Declaration, Relation
from schemas.declaration import Source, SourceType
from schemas.places import cache_folder


class State(StrEnum):
    """What became of one artefact."""

    AT_HAND = "at hand"
    FETCHED = "fetched"
    WOULD_FETCH = "would be fetched"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A source that was not used, and why."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Result:
    """One artefact after a sync.

    Attributes:
        id: Versioned id.
        state: What became of it.
        source: Where its bytes are from, or would be; None when it failed.
        relation: How they stand to the publisher's.
        refusals: Sources tried before, and why they were not used.
    """

    id: str
    state: State
    source: str | None = None
    relation: Relation | None = None
    refusals: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """What a sync tells while it runs; each may do nothing.

    Attributes:
        started: With the id of the artefact that is looked at next.
        count: With the number of bytes that have come.
        waiting: Another sync holds the cache.
    """

    started: Callable[[str], None] = lambda _: None
    count: Callable[[int], None] = lambda _: None
    waiting: Callable[[], None] = lambda: None


def sync(  # noqa: PLR0913 - what, where to, where from, how far, and who is told
    catalog: Catalog,
    declarations: Sequence[Declaration],
    *,
    policy: Policy,
    directory: Path | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Iterator[Result]:
    """Put what is missing into the catalogue's cache, one artefact after the other.

    Args:
        catalog: Says what is at hand, and where the cache is.
        declarations: What is wanted.
        policy: How far a fetch may go.
        directory: Take everything from here and ask nobody else; None uses pip and the network.
        dry_run: Change nothing and ask nobody; say which source would be tried first.
        progress: Told what happens.

    Raises:
        StoreError: The cache cannot be written; artefacts already given are in it.
    """
    told = progress or Progress()
    if catalog.places.cache is None:
        raise StoreError("there is no cache to fetch into")
    store = Store(catalog.places.cache)
    origins = Origins(policy, directory, store.scratch, told.count)
    if dry_run:
        yield from (_plan(catalog, each, origins) for each in declarations)
        return
    with store.opened(policy.lock_seconds, told.waiting):
        try:
            for declaration in declarations:
                told.started(declaration.id)
                yield _one(catalog, declaration, store, origins)
        finally:
            origins.close()


def _one(catalog: Catalog, declaration: Declaration, store: Store, origins: Origins) -> Result:
    state = catalog.availability(declaration)
    refusals = list(_discarded(state, store))
    if state.used is not None:
        return _at_hand(state, tuple(refusals))
    for source in _fetchable(declaration, origins):
        try:
            files = origins.get(source)
        except FetchError as error:
            refusals.append(Refusal(source.name, str(error)))
            continue
        except OSError as error:
            raise StoreError(f"{store.cache} cannot be written: {error.strerror}") from error
        store.put(declaration, source, files)
        return Result(declaration.id, State.FETCHED, source.name, source.relation, tuple(refusals))
    return Result(declaration.id, State.FAILED, refusals=tuple(refusals) or _nobody(declaration))


def _plan(catalog: Catalog, declaration: Declaration, origins: Origins) -> Result:
    state = catalog.availability(declaration)
    if state.used is not None:
        return _at_hand(state, ())
    for source in _fetchable(declaration, origins):
        return Result(declaration.id, State.WOULD_FETCH, source.name, source.relation)
    return Result(declaration.id, State.FAILED, refusals=_nobody(declaration))


def _fetchable(declaration: Declaration, origins: Origins) -> Iterator[Source]:
    for source in declaration.sources:
        if source.relation is not Relation.OLDER and origins.reaches(source):
            yield source


def _discarded(state: Availability, store: Store) -> Iterator[Refusal]:
    """Take damaged copies out of the cache, so that none stays there to be wondered about."""
    for each in state.wrong:
        folder = cache_folder(store.cache, state.declaration, each.source)
        if each.source.type is not SourceType.PACKAGE and folder.is_dir():
            store.discard(state.declaration, each.source)
            yield Refusal(each.name, f"removed from the cache: {each.reason}")


def _at_hand(state: Availability, refusals: tuple[Refusal, ...]) -> Result:
    used = state.used
    assert used is not None  # noqa: S101 - the caller looked
    return Result(state.id, State.AT_HAND, used.name, used.relation, refusals)


def _nobody(declaration: Declaration) -> tuple[Refusal, ...]:
    wanted = ", ".join(each.name for each in declaration.sources)
    return (Refusal(wanted, "not to be had this way; use --from with a directory that has it"),)
