"""Every statement on a tenant's table goes through the one filter of `kit/tenancy.py` (D3).

Features build statements with `TenantTransaction.select/insert/update/delete`. A statement built
straight from SQLAlchemy is listed here with the reason why nothing can leak through it.
"""

import ast
import importlib
import re
from collections.abc import Iterator

import pytest

from gateway.kit.kept import Added
from tests.architecture.sources import ROOT, SourceFile, dotted, imports, python_files

UNFILTERED = {
    "gateway/archive/anchor_repository.py::attempts": "heads of the log: sizes and roots",
    "gateway/archive/anchor_repository.py::attempts_at": "the same",
    "gateway/archive/anchor_repository.py::cosigned": "the same",
    "gateway/archive/anchor_repository.py::cosigned_by": "the same",
    "gateway/archive/anchor_repository.py::keep_cosignature": "the same",
    "gateway/archive/anchor_repository.py::lines": "the same",
    "gateway/archive/anchor_repository.py::lock_witnessed": "the same",
    "gateway/archive/anchor_repository.py::newest_done": "the same",
    "gateway/archive/anchor_repository.py::note_attempt": "the same",
    "gateway/archive/anchor_repository.py::witnessed": "the same",
    "gateway/archive/keys.py::_SUCCEEDED": "the log's own name",
    "gateway/archive/keys.py::_store": "the log's own key, not a tenant's",
    "gateway/archive/keys.py::_stored": "the log's own key, not a tenant's",
    "gateway/archive/reconciling.py::lost_since": "how much the log lost, of nobody",
    "gateway/archive/reconciling.py::note_reconciliation": "the log's own name",
    "gateway/archive/reconciling.py::reckoned": "the log's own names",
    "gateway/archive/reconciling.py::unfinished": "the same",
    "gateway/archive/repository.py::_EDGES": "one log for all, and that of the entity",
    "gateway/archive/repository.py::_GROW": "an insert that carries the tenant, and the log",
    "gateway/archive/repository.py::_HEAD": "one log for all: sizes and roots",
    "gateway/archive/repository.py::_NODES": "the same",
    "gateway/archive/repository.py::_STRETCH": "the same",
    "gateway/archive/repository.py::newest_checkpoint": "one log for all: sizes and roots",
    "gateway/archive/scrub_repository.py::_NAMED": "which bytes there must be, of all tenants",
    "gateway/archive/scrub_repository.py::_UNNAMED": "the same",
    "gateway/archive/scrub_repository.py::begin": "how far the reading of all bytes is",
    "gateway/archive/scrub_repository.py::move": "the same",
    "gateway/archive/scrub_repository.py::newest": "the same",
    "gateway/archive/stores/entity_keys.py::_make": "wrapped keys, asked for in nobody's name",
    "gateway/archive/stores/entity_keys.py::_row": "the same",
    "gateway/archive/stores/entity_keys.py::destroy": "the same",
    "gateway/archive/telling.py::fresh": "entries that no store was told of: ids",
    "gateway/archive/telling.py::told": "how far the store was told",
    "gateway/chains/about_nothing.py::tenants_of": "whose logs are summed up, over all tenants",
    "gateway/chains/foreign.py::note": "an insert that carries the tenant",
    "gateway/chains/repository.py::begin": "the same",
    "gateway/chains/repository.py::is_owned": "whether a taxpayer has a chain, over all tenants",
    "gateway/events/service.py::_APPEND": "an insert that carries the tenant",
    "gateway/customers/erasing.py::_ERASE": "a procedure of its own tables, by entity and id",
    "gateway/documents/keeping.py::_DESTROY": "a procedure of its own tables, by entity and id",
    "gateway/documents/keeping.py::_HINDRANCES": "whether it is on its way, by entity and id",
    "gateway/events/tables.py::event": "the default of a column",
    "gateway/events/sequence.py::horizon": "the oldest running transaction's number",
    "gateway/delivery/repository.py::add_reminder": "an insert that carries the tenant",
    "gateway/delivery/repository.py::keep_logo": "an insert that carries the tenant",
    "gateway/delivery/share_repository.py::by_hash": "finds out whose link it is; role gw_auth",
    "gateway/delivery/repository.py::owing_entities": "whose rounds to make: ids; role gw_auth",
    "gateway/documents/series_report.py::_of": "of a sub-query that is filtered",
    "gateway/events/service.py::document_prefixes": "filtered by hand on a view of two columns",
    "gateway/exits/state.py::_PATIENT": "the transaction's patience",
    "gateway/exits/state.py::_REVISION": "the form of the database",
    "gateway/exits/state.py::_UTC": "the transaction's time zone",
    "gateway/exits/state.py::summary": "over rows that the tenant filter chose",
    "gateway/exits/writing.py::insert_rows": "an insert that carries the tenant",
    "gateway/exits/box.py::open": "the installation's own key",
    "gateway/inbox/directory.py::find": "a delivery names a participant, not a tenant",
    "gateway/inbox/keeping.py::_DESTROY": "a procedure of its own tables, by entity and id",
    "gateway/inbox/keeping.py::_WORK": "whether a document is to be read, by entity and id",
    "gateway/inbox/repository.py::add": "an insert that carries the tenant",
    "gateway/inbox/repository.py::add_arrival": "the same",
    "gateway/inbox/repository.py::lock_number": "an advisory lock",
    "gateway/inbox/work.py::take": "the queue holds ids only",
    "gateway/intake/repository.py::_TAKE": "the queue shows the worker no bodies",
    "gateway/intake/repository.py::begin": "the queue shows the worker no bodies",
    "gateway/intake/repository.py::give_back": "the same",
    "gateway/intake/repository.py::put_off": "the same",
    "gateway/intake/repository.py::wait": "the same",
    "gateway/jobs/worker.py::rescue": "the queue holds ids only",
    "gateway/numbering/counter.py::add": "an insert that carries the tenant",
    "gateway/numbering/skipping.py::skip": "the same",
    "gateway/pickups/repository.py::switch_on": "the same",
    "gateway/pickups/repository.py::take": "the queue holds ids only",
    "gateway/retention/erasure_repository.py::take": "whose erasure is due: ids",
    "gateway/retention/rounds.py::_take": "whose round is due: ids",
    "gateway/retention/rounds.py::arrange": "an insert that carries the tenant",
    "gateway/retention/telling.py::_again": "whose evidence is to be told anew: ids",
    "gateway/retention/telling.py::_whose": "the same",
    "gateway/signing/rewrapping.py::_versions": "counts",
    "gateway/signing/rewrapping.py::_wrap": "wrapped data keys; what they seal is not granted",
    "gateway/signing/rewrapping.py::wrapped": "the same",
    "gateway/signing/revocation/answers.py::_keep": "what authorities published",
    "gateway/signing/revocation/answers.py::_kept": "the same",
    "gateway/signing/revocation/answers.py::doubt": "the same",
    "gateway/signing/revocation/answers.py::forget": "the same",
    "gateway/signing/stores.py::add": "the operator's, and public",
    "gateway/signing/stores.py::members": "the same",
    "gateway/signing/stores.py::remove": "the same",
    "gateway/signing/watch.py::take": "whose certificate is due: ids",
    "gateway/tenants/credentials/repository.py::_whose": "finds the tenant; as gw_auth",
    "gateway/tenants/credentials/repository.py::auditor_by_hash": "finds the tenant; as gw_auth",
    "gateway/tenants/credentials/repository.py::auditor_by_visit": "the same",
    "gateway/tenants/credentials/repository.py::key_by_hash": "finds the tenant; as gw_auth",
    "gateway/tenants/credentials/repository.py::mark_used": "a key just found; as gw_auth",
    "gateway/tenants/credentials/repository.py::session_by_hash": "finds the tenant; as gw_auth",
    "gateway/tenants/repository.py::insert_account": "there is no tenant before its account",
    "gateway/transmissions/deadlines/figures.py::unfinished": "counts of all tenants together",
    "gateway/transmissions/deadlines/opening.py::_usual": "a channel's pace is nobody's data",
    "gateway/transmissions/deadlines/opening.py::begin": "rows carry the tenant of the queue",
    "gateway/transmissions/deadlines/opening.py::lacking": "the queue holds ids only",
    "gateway/transmissions/deadlines/watch.py::_begin": "asks for the time",
    "gateway/transmissions/deadlines/watch.py::_complain": "whether any row waits",
    "gateway/transmissions/deadlines/watch.py::look": "whose deadline is due: ids",
    "gateway/transmissions/control/breakers.py::_keep": "about endpoints, nobody's data",
    "gateway/transmissions/control/breakers.py::answers": "the same",
    "gateway/transmissions/control/breakers.py::look": "the same",
    "gateway/transmissions/control/breakers.py::note": "the same",
    "gateway/transmissions/control/breakers.py::open_until": "the same",
    "gateway/transmissions/control/buckets.py::_keep": "about authorities, nobody's data",
    "gateway/transmissions/control/buckets.py::_locked": "the same",
    "gateway/transmissions/control/buckets.py::_place": "the same",
    "gateway/transmissions/control/buckets.py::take": "the same",
    "gateway/transmissions/control/outages.py::history": "the authority's, announced to all",
    "gateway/transmissions/control/outages.py::hold": "an advisory lock",
    "gateway/transmissions/control/outages.py::keep": "the authority's, announced to all",
    "gateway/transmissions/control/outages.py::newest": "the same",
    "gateway/transmissions/control/outages.py::notices": "the same",
    "gateway/transmissions/deadlines/moving.py::stir": "the deadlines of a channel, of whomever",
    "gateway/transmissions/control/pauses.py::is_paused": "an operator's, of the whole channel",
    "gateway/transmissions/control/pauses.py::pause": "the same",
    "gateway/transmissions/control/pauses.py::paused": "the same",
    "gateway/transmissions/control/pauses.py::resume": "the same",
    "gateway/transmissions/control/pauses.py::stopped": "the same",
    "gateway/transmissions/control/waits.py::ask_for": "about authorities, nobody's data",
    "gateway/transmissions/control/waits.py::until": "the same",
    "gateway/transmissions/control/gate.py::_look": "the same",
    "gateway/transmissions/lanes.py::_FENCE": "lanes hold no tenant's data",
    "gateway/transmissions/names.py::_LOCK": "an advisory lock",
    "gateway/transmissions/queue.py::_ALSO_DUE": "the queue holds ids only",
    "gateway/transmissions/queue.py::_BY_URGENCY": "the same",
    "gateway/transmissions/queue.py::_IN_ORDER": "the same",
    "gateway/transmissions/queue.py::_NEXT": "the same",
    "gateway/transmissions/service.py::_HINT": "NOTIFY with the lane's name",
    "gateway/transmissions/tables.py::outbox": "the default of a column",
    "gateway/webhooks/tables.py::endpoint": "the same",
    "gateway/transmissions/early.py::keep": "a signal that is nobody's yet",
    "gateway/transmissions/early.py::take": "the same",
    "gateway/transmissions/heads.py::of_lanes": "of a sub-query that is filtered",
    "gateway/transmissions/names.py::owner": "a signal names a message, not a tenant",
    "gateway/transmissions/operations.py::_hint": "NOTIFY with the lane's name",
    "gateway/transmissions/passing.py::_hold_lane": "lanes hold no tenant's data",
    "gateway/transmissions/passing.py::_wake": "the queue's due times, of whoever waits",
    "gateway/vies/lanes.py::_flying": "lanes of services hold no tenant's data",
    "gateway/vies/lanes.py::_held": "the same",
    "gateway/vies/lanes.py::_keep": "the same",
    "gateway/vies/lanes.py::all": "the same",
    "gateway/vies/lanes.py::enter": "the same",
    "gateway/vies/lanes.py::leave": "the same",
    "gateway/vies/questions.py::add": "an insert that carries the tenant",
    "gateway/vies/questions.py::give_back": "the queue shows the worker ids and lanes only",
    "gateway/vies/questions.py::take": "the same",
    "gateway/vies/watches.py::_take": "whose round is due: ids",
    "gateway/vies/watches.py::arrange": "an insert that carries the tenant",
    "gateway/vies/watches.py::put": "the same",
    "gateway/jobs/figures.py::unfinished": "counts of all tenants together, for the operator",
    "gateway/monitoring/checks.py::of_database": "asks for the time",
    "gateway/transmissions/worker.py::_is_punctual": "the same",
    "gateway/transmissions/control/figures.py::breakers": "about authorities, nobody's data",
    "gateway/transmissions/figures.py::for_people": "the same",
    "gateway/transmissions/figures.py::lanes": "counts of all tenants together, for the operator",
    "gateway/transmissions/figures.py::rows": "the same",
    "gateway/transmissions/operating.py::find": "the operator asks whose a transmission is",
    "gateway/transmissions/operating.py::heads_of": "the same",
    "gateway/transmissions/operating.py::lanes": "lanes are nobody's; counts for the operator",
    "gateway/transmissions/operating.py::rows": "ids and states of all tenants, for the operator",
    "gateway/vies/figures.py::waiting": "the same",
    "gateway/webhooks/figures.py::waiting": "the same",
    "gateway/webhooks/ledger.py::add": "rows carry the tenant of their transaction",
    "gateway/webhooks/repository.py::insert_endpoint": "an insert that carries the tenant",
}
"""`file::function`, or the name that keeps it -> why a statement may be without the filter."""

SESSION_SETTINGS = {
    "gateway/transmissions/lanes.py": "ends the session of a frozen owner with its login's rights",
}
"""Files outside the kit that change a session, and why."""

BUILDERS = {"select", "insert", "update", "delete", "text", "union", "union_all"}
OUTSIDE = (
    "gateway/kit/",  # the filter's own home, and roles and settings around it
    "gateway/migrations/",  # runs as owner, before there are tenants
    "gateway/fsck/",  # checks all tenants at once, with an operator's connection
    "gateway/sandbox/",  # another party's process with its own ledger
)


def _features() -> Iterator[SourceFile]:
    for file in python_files("gateway"):
        if not file.name.startswith(OUTSIDE):
            yield file


def _is_raw(call: ast.AST, imported: set[str]) -> bool:
    """Tell whether a node calls a builder of SQLAlchemy."""
    if not isinstance(call, ast.Call):
        return False
    module, _, function = dotted(call.func).rpartition(".")
    if function not in BUILDERS:
        return False
    if module:
        return module in {"sa", "sqlalchemy", "postgresql"}
    return any(
        name.startswith("sqlalchemy") and name.endswith(f".{function}") for name in imported
    )


def _raw_in(file: SourceFile) -> Iterator[str]:
    """Yield where a file builds statements by hand: functions, and names that keep a statement."""
    imported = imports(file)
    if not any(name.startswith("sqlalchemy") for name in imported):
        return
    seen: set[ast.AST] = set()
    for outer in ast.walk(file.tree):
        if isinstance(outer, ast.FunctionDef | ast.AsyncFunctionDef):
            nodes = set(ast.walk(outer))
            seen |= nodes
            if any(_is_raw(node, imported) for node in nodes):
                yield f"{file.name}::{outer.name}"
    for statement in file.tree.body:
        if any(_is_raw(node, imported) for node in ast.walk(statement) if node not in seen):
            yield f"{file.name}::{_name_of(statement)}"


def _name_of(statement: ast.stmt) -> str:
    """Return what a statement of a module defines; its first line where that has no name."""
    if isinstance(statement, ast.Assign):
        return ast.unparse(statement.targets[0])
    if isinstance(statement, ast.AnnAssign):
        return ast.unparse(statement.target)
    if isinstance(statement, ast.ClassDef):
        return statement.name
    return ast.unparse(statement).partition("\n")[0]


def _built_by_hand() -> set[str]:
    return {where for file in _features() for where in _raw_in(file)}


def test_statements_pass_the_tenant_filter_or_say_why_not() -> None:
    assert sorted(_built_by_hand()) == sorted(UNFILTERED)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('_OLD = sa.text("select 1")', ["_OLD"]),
        ("_ALL: sa.Select = sa.select(document)", ["_ALL"]),
        ("_KEPT = Kept(lambda _: sa.select(document))", ["_KEPT"]),
        ("_KEPT = Kept(lambda tx: tx.select(document).union(select(document)))", ["_KEPT"]),
        ("_GOOD = Kept(lambda tx: tx.select(document))", []),
        ("class Book:\n    query = sa.delete(document)", ["Book"]),
        ("class Book:\n    def read(self):\n        return sa.select(document)", ["read"]),
        ("run(update(document))", ["run(update(document))"]),
        ("_NAMES = sorted(text(one) for one in names)", ["_NAMES"]),
    ],
)
def test_what_a_module_keeps_is_seen(text: str, found: list[str]) -> None:
    head = "import sqlalchemy as sa\nfrom sqlalchemy import select, text, update\n"
    file = SourceFile(ROOT / "gateway" / "planted.py", head + text)
    assert list(_raw_in(file)) == [f"gateway/planted.py::{name}" for name in found]


def test_builders_keep_their_names() -> None:
    for file in _features():
        for node in ast.walk(file.tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sqlalchemy"):
                renamed = [one.name for one in node.names if one.asname and one.name in BUILDERS]
                assert not renamed, f"{file.name}:{node.lineno}"


def _kept_inserts() -> Iterator[tuple[str, Added]]:
    """Yield every insert that a module keeps (`Added`), with where it is."""
    for file in _features():
        for node in file.tree.body:
            if isinstance(node, ast.Assign) and _is_insert(node.value):
                module = importlib.import_module(file.name.removesuffix(".py").replace("/", "."))
                yield f"{file.name}::{_name_of(node)}", getattr(module, _name_of(node))


def _is_insert(value: ast.expr) -> bool:
    return isinstance(value, ast.Call) and dotted(value.func).rpartition(".")[2] == "Added"


def test_kept_inserts_fill_in_whose_the_row_is() -> None:
    """`Added` fills in columns that are called as they are everywhere; others it cannot know."""
    found = dict(_kept_inserts())
    assert len(found) > 5
    for where, insert in found.items():
        assert insert.owners >= {"account_id", "entity_id"}, where


def test_only_the_kit_changes_the_settings_and_roles_of_a_session() -> None:
    setting = re.compile(
        r"set_config\(|\bset\s+(local\s+|session\s+)?role\b|set\s+gateway\.", re.IGNORECASE
    )
    for file in _features():
        for node in ast.walk(file.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                where = f"{file.name}:{node.lineno}"
                assert file.name in SESSION_SETTINGS or not setting.search(node.value), where


def test_settings_end_with_their_transaction() -> None:
    lasting = re.compile(r"set_config\([^)]*,\s*false\s*\)", re.IGNORECASE)
    for file in python_files("gateway"):
        assert not lasting.search(file.text), file.name


def test_nobody_commits_by_hand() -> None:
    allowed = {"gateway/kit/database.py"}
    for file in _features():
        for node in ast.walk(file.tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                called = dotted(node.func) or node.func.attr
                by_hand = called.endswith((".commit", ".rollback"))
                assert not by_hand or file.name in allowed, f"{file.name}:{node.lineno}"


def test_no_function_of_the_database_borrows_its_owners_rights() -> None:
    folder = ROOT / "gateway" / "migrations" / "versions"
    scripts = {
        path.name: path.read_text(encoding="utf-8").lower() for path in folder.glob("*.sql")
    }
    assert len(scripts) > 10
    assert not [name for name, text in scripts.items() if "security definer" in text]
