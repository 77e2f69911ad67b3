"""Every operation x every place that holds an id x everything that is somebody else's.

What is not the caller's answers like what never existed. Three times: with both walls, with
row-level security alone, and with the tenant filter alone. By default each operation is asked by
one or two callers with each wall, others each time, and what stands before the walls (the key, the
role, the form of an id) is asked with one of them; with `--full` all of them with each.
"""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pytest
from httpx2 import Response
from sqlalchemy import true

from gateway.kit import tenancy
from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.tenants.keys import Key
from tests.databases import databases_of
from tests.gateway.houses import House, Shop, over
from tests.gateway.matrix.callers import (
    HEADER,
    OF_ACCOUNT,
    QUERY,
    Caller,
    never,
    private,
)
from tests.gateway.matrix.exceptions import (
    ACCOUNT_ONLY,
    CONFLICTS,
    INSTALLATION,
    PERHAPS,
    PUBLIC,
    SESSION_ONLY,
)
from tests.gateway.matrix.operations import Operation, operations
from tests.gateway.matrix.town import TENANT_TABLES, WALLS, Share, Town, founded, leaks, said

pytestmark = pytest.mark.timeout(3600)  # tens of thousands of requests with --full

CALLERS = 7
"""As many as a town has."""

Figures = Callable[..., None]


@dataclass(frozen=True)
class Ground:
    """A town as it was founded, before anybody asked for anything: for each test to copy."""

    database: str
    data: Path
    callers: tuple[Caller, ...]


@pytest.fixture(scope="module")
def ground(
    postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Ground]:
    data = tmp_path_factory.mktemp("ground") / "data"
    with databases_of(postgres).lent() as name:
        with over(postgres, name, data, {}) as house:
            callers = founded(house).callers
        yield Ground(name, data, callers)


@contextmanager
def _town(ground: Ground, postgres: EmbeddedPostgres, folder: Path) -> Iterator[Town]:
    """Lend a town to be asked behind one kind of walls."""
    data = shutil.copytree(ground.data, folder)
    with (
        databases_of(postgres).copied(ground.database) as name,
        over(postgres, name, data, {}) as house,
    ):
        yield Town(house, ground.callers)


def test_no_tenant_sees_another(  # noqa: PLR0913, PLR0917 - fixtures
    ground: Ground,
    postgres: EmbeddedPostgres,
    tmp_path: Path,
    subtests: pytest.Subtests,
    figures: Figures,
    request: pytest.FixtureRequest,
) -> None:
    """One test for all walls: a town takes half a minute to be founded."""
    whole = bool(request.config.getoption("--full"))
    for turn, walls in enumerate(WALLS):
        with _town(ground, postgres, tmp_path / f"data-{turn}") as town:
            _asked_behind(walls, town, Share(whole, turn), subtests, figures)


def _asked_behind(
    walls: str, town: Town, share: Share, subtests: pytest.Subtests, figures: Figures
) -> None:
    assert len(town.callers) == CALLERS
    with pytest.MonkeyPatch.context() as patch:
        if walls == "row security alone":
            _open_filter(patch)
        if walls == "filter alone":
            _open_row_security(town.house)
        with subtests.test("what is somebody else's answers like what never existed", walls=walls):
            cases = _somebody_elses(town, share)
            figures(**{f"cases, {walls}": cases})
        with subtests.test("an id that is none answers like one that never existed", walls=walls):
            _ids_that_are_none(town, share)
        with subtests.test("without a good key nothing is said", walls=walls):
            _without_a_good_key(town, share)
        with subtests.test("an auditor writes nothing", walls=walls):
            _auditors_write_nothing(town, share)
        with subtests.test("one's own is answered and holds nothing of others", walls=walls):
            _ones_own(town, share)
        with subtests.test("row security covers every table with a tenant", walls=walls):
            _covered(town)
        _open_filter(patch)
        if walls != "filter alone":
            _open_row_security(town.house)
        with subtests.test("without any wall the same requests leak", walls=walls):
            _leaking(town)


def _open_filter(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(tenancy, "tenant_filter", lambda _table, _tenant: true())


def _open_row_security(house: House) -> None:
    for table in TENANT_TABLES:
        house.sql(
            f"create policy open_to_all on {table} to gw_app, gw_worker"
            " using (true) with check (true)"
        )


def _somebody_elses(town: Town, share: Share) -> int:
    before = town.contents()
    cases, found = leaks(town, town.callers, private(), share)
    assert not found, "\n".join(found)
    assert cases > (14_000 if share.whole else 75), "the matrix shrank"
    assert town.contents() == before, "a refused request changed something"
    return cases


def _ids_that_are_none(town: Town, share: Share) -> None:
    caller = town.callers[0]
    for number, operation in enumerate(private()):
        if not share.has(number):
            continue
        own = caller.own(operation)
        for place in share.of(operation.places, number):
            base = {p: v for p, v in own.items() if place != QUERY or p != HEADER}
            prefix = (caller.stock.of(operation, place) or "trn_").partition("_")[0]
            nobody = said(town.send(operation, caller.key, base | {place: never(prefix)}))
            assert nobody[0] == 404
            for bad in share.of(("x", "acc_x", never("acc"), "A" * 300), number):
                answer = said(town.send(operation, caller.key, base | {place: bad}))
                assert answer == nobody, f"{operation} {place} {bad}"


def _without_a_good_key(town: Town, share: Share) -> None:
    caller = town.callers[0]
    shop = Shop.opened(town.house)
    dead = {"account": shop.account.new_key(), "entity": shop.account.entity_key(shop.entity)}
    listed = shop.account.call("GET", "/v1/api-keys", key=shop.key).json()["data"]
    for one in listed:
        if one["hint"] in {Key(key).hint for key in dead.values()}:
            path = f"/v1/api-keys/{one['id']}"
            assert shop.account.call("DELETE", path, key=shop.key).status_code == 204
    unknown = Key.new("sandbox").text
    before = town.contents()
    for number, operation in enumerate(private()):
        if not share.has(number):
            continue
        values = caller.own(operation)
        assert town.send(operation, None, values).status_code == 401, operation
        answers = [said(town.send(operation, key, values)) for key in (unknown, *dead.values())]
        assert answers[0][0] == 401
        assert answers == [answers[0]] * len(answers), operation
    assert town.contents() == before


def _auditors_write_nothing(town: Town, share: Share) -> None:
    before = town.contents()
    writing = [one for one in private() if one.writes and one.key not in SESSION_ONLY]
    assert len(writing) >= 100
    for (number, caller), (rank, operation) in product(
        enumerate(town.callers), enumerate(writing)
    ):
        if not share.has(number + rank):
            continue
        answer = town.send(operation, caller.auditor, caller.own(operation))
        assert answer.status_code == 403, f"{caller.name}: {operation}"
        assert answer.json()["type"] == "/problems/forbidden"
    assert town.contents() == before


def _order(operation: Operation) -> tuple[bool, bool, int]:
    """Delete at the end, of people what is deepest first; the rest as it comes."""
    ending = operation.method == "DELETE" and (
        "{user_id}" in operation.path or "/sessions/" in operation.path
    )
    depth = operation.path.count("/") if ending else 0
    return operation.method == "DELETE", ending, -depth


_OF_ALL = frozenset({"/v1/activity", "/v1/jobs"})
"""What tells an account of all its entities: what was done; what an exit found unfinished."""


def _ones_own(town: Town, share: Share) -> None:
    """It shows that what was asked of others' was good but for the id: of the same callers."""
    for number, caller in enumerate(town.callers):
        asked = [one for rank, one in enumerate(private()) if share.asks(number + rank)]
        own_ids = set(caller.stock.ids.values())
        foreign = {
            id_ for stock in caller.foreign.values() for id_ in stock.ids.values()
        } - own_ids
        if not caller.bound and "sister" in caller.foreign:
            sister = caller.foreign["sister"].ids
            foreign -= {sister[name] for name in OF_ACCOUNT}
        for operation in sorted(asked, key=_order):
            answer = town.send(operation, caller.key, caller.own(operation))
            text = _told(answer, operation)
            shown = caller.sisters() if operation.path in _OF_ALL else set[str]()
            found = [id_ for id_ in foreign - shown if id_ in text]
            assert not found, f"{caller.name}: {operation}"
            good = _good(caller, operation)
            assert answer.status_code in good, f"{caller.name}: {operation}: {answer.text}"


def _told(answer: Response, operation: Operation) -> str:
    """Return what an answer says, without what only repeats how an auditor asked."""
    if answer.headers.get("content-type") == "application/zip":
        return ""
    if operation.path != "/v1/activity" or answer.status_code != 200:
        return answer.text
    return json.dumps([row for row in answer.json()["data"] if not row["data"].get("access")])


def _good(caller: Caller, operation: Operation) -> set[int]:
    """Return how the caller's own may answer."""
    if not caller.may(operation):
        return {403}
    if operation.key in SESSION_ONLY:
        return {200, 204} if caller.session else {404}
    if "{transmission_id}" in operation.path and "transmission" not in caller.stock.ids:
        return {404}  # live documents are not transmitted yet
    if "/attempts/{number}/" in operation.path:
        return {404}  # nobody works here: nothing was sent
    good = {409} if operation.key in CONFLICTS else {200, 201, 202, 204}
    return good | ({409} if operation.key in PERHAPS else set())


def _covered(town: Town) -> None:
    rows = town.house.sql(
        "select distinct table_name from information_schema.columns"
        " where table_schema = 'public' and column_name in ('account_id', 'entity_id')"
    )
    assert {name for (name,) in rows} == set(TENANT_TABLES) - {"account"}


def _leaking(town: Town) -> None:
    homes = ("/v1/invoices/{", "/v1/documents/{", "/v1/series/{")
    reading = [one for one in private() if not one.writes and one.path.startswith(homes)]
    _, found = leaks(town, town.callers[:1], reading, Share(whole=True))
    leaking = {line.split(": ")[1] for line in found}
    assert {"GET /v1/invoices/{document_id}", "GET /v1/series/{series_id}"} <= leaking
    assert len(leaking) > 10


def test_a_share_asks_every_operation_and_every_caller_asks_with_every_wall() -> None:
    ranks = range(len(private()))
    asked = {
        (wall, rank, number)
        for wall, rank, number in product(range(len(WALLS)), ranks, range(CALLERS))
        if Share(whole=False, turn=wall).asks(number + rank)
    }
    for wall, rank in product(range(len(WALLS)), ranks):
        assert sum((wall, rank, number) in asked for number in range(CALLERS)) <= 1
    for rank in ranks:
        assert len({number for _, one, number in asked if one == rank}) >= 1
    for wall, number in product(range(len(WALLS)), range(CALLERS)):
        assert sum((wall, rank, number) in asked for rank in ranks) > 10


def test_operations_with_rules_of_their_own_exist_and_take_no_id() -> None:
    known = {one.key: one for one in operations()}
    for key in (*PUBLIC, *INSTALLATION, *ACCOUNT_ONLY, *CONFLICTS):
        assert key in known, f"{key} is gone: take it off the list"
    for key in (*PUBLIC, *INSTALLATION):
        assert not known[key].places
    without_key = {one.key for one in operations() if not one.described.get("security")}
    assert without_key == set(PUBLIC)
