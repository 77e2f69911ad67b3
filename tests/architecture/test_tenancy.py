"""Every statement on a tenant's table goes through the one filter of `kit/tenancy.py` (D3).

Features build statements with `TenantTransaction.select/insert/update/delete`. A statement built
straight from SQLAlchemy is listed here with the reason why nothing can leak through it.
"""

import ast
import re
from collections.abc import Iterator

from tests.architecture.sources import ROOT, SourceFile, dotted, imports, python_files

UNFILTERED = {
    "gateway/archive/keys.py::_store": "the log's own key, not a tenant's",
    "gateway/archive/keys.py::_stored": "the log's own key, not a tenant's",
    "gateway/archive/repository.py::newest_checkpoint": "one log for all: sizes and roots",
    "gateway/chains/foreign.py::note": "an insert that carries the tenant",
    "gateway/chains/repository.py::begin": "the same",
    "gateway/chains/repository.py::is_owned": "whether a taxpayer has a chain, over all tenants",
    "gateway/events/sequence.py::horizon": "the oldest running transaction's number",
    "gateway/delivery/repository.py::add_reminder": "an insert that carries the tenant",
    "gateway/delivery/repository.py::keep_logo": "an insert that carries the tenant",
    "gateway/delivery/share_repository.py::by_hash": "finds out whose link it is; role gw_auth",
    "gateway/delivery/repository.py::owing_entities": "whose rounds to make: ids; role gw_auth",
    "gateway/documents/series_report.py::_of": "of a sub-query that is filtered",
    "gateway/events/service.py::document_prefixes": "filtered by hand on a view of two columns",
    "gateway/inbox/directory.py::find": "a delivery names a participant, not a tenant",
    "gateway/inbox/repository.py::add": "an insert that carries the tenant",
    "gateway/inbox/repository.py::add_arrival": "the same",
    "gateway/inbox/repository.py::lock_number": "an advisory lock",
    "gateway/inbox/work.py::take": "the queue holds ids only",
    "gateway/intake/repository.py::begin": "the queue shows the worker no bodies",
    "gateway/intake/repository.py::give_back": "the same",
    "gateway/intake/repository.py::put_off": "the same",
    "gateway/intake/repository.py::wait": "the same",
    "gateway/jobs/worker.py::rescue": "the queue holds ids only",
    "gateway/numbering/counter.py::add": "an insert that carries the tenant",
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
    "gateway/tenants/credentials/repository.py::key_by_hash": "finds the tenant; as gw_auth",
    "gateway/tenants/credentials/repository.py::mark_used": "a key just found; as gw_auth",
    "gateway/tenants/credentials/repository.py::session_by_hash": "finds the tenant; as gw_auth",
    "gateway/tenants/repository.py::insert_account": "there is no tenant before its account",
    "gateway/transmissions/deadlines/figures.py::unfinished": "counts of all tenants together",
    "gateway/transmissions/deadlines/opening.py::_usual": "a channel's pace is nobody's data",
    "gateway/transmissions/deadlines/opening.py::begin": "rows carry the tenant of the queue",
    "gateway/transmissions/deadlines/opening.py::lacking": "the queue holds ids only",
    "gateway/transmissions/deadlines/watch.py::_begin": "asks for the time",
    "gateway/transmissions/deadlines/watch.py::look": "whose deadline is due: ids",
    "gateway/transmissions/control/breakers.py::_keep": "about endpoints, nobody's data",
    "gateway/transmissions/control/breakers.py::look": "the same",
    "gateway/transmissions/control/breakers.py::note": "the same",
    "gateway/transmissions/control/breakers.py::open_until": "the same",
    "gateway/transmissions/control/buckets.py::_keep": "about authorities, nobody's data",
    "gateway/transmissions/control/buckets.py::_locked": "the same",
    "gateway/transmissions/control/buckets.py::_place": "the same",
    "gateway/transmissions/control/buckets.py::take": "the same",
    "gateway/transmissions/control/pauses.py::is_paused": "an operator's, of the whole channel",
    "gateway/transmissions/control/pauses.py::pause": "the same",
    "gateway/transmissions/control/pauses.py::paused": "the same",
    "gateway/transmissions/control/pauses.py::resume": "the same",
    "gateway/transmissions/control/pauses.py::stopped": "the same",
    "gateway/transmissions/control/waits.py::ask_for": "about authorities, nobody's data",
    "gateway/transmissions/control/waits.py::until": "the same",
    "gateway/transmissions/control/gate.py::_look": "the same",
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
"""`file::function` -> why it may build a statement without the filter."""

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


def _is_raw(call: ast.Call, imported: set[str]) -> bool:
    module, _, function = dotted(call.func).rpartition(".")
    if function not in BUILDERS:
        return False
    if module:
        return module in {"sa", "sqlalchemy", "postgresql"}
    return any(
        name.startswith("sqlalchemy") and name.endswith(f".{function}") for name in imported
    )


def _raw_statements() -> Iterator[str]:
    for file in _features():
        imported = imports(file)
        for outer in ast.walk(file.tree):
            if isinstance(outer, ast.FunctionDef | ast.AsyncFunctionDef):
                calls = [node for node in ast.walk(outer) if isinstance(node, ast.Call)]
                if any(_is_raw(call, imported) for call in calls):
                    yield f"{file.name}::{outer.name}"


def test_statements_pass_the_tenant_filter_or_say_why_not() -> None:
    assert sorted(set(_raw_statements())) == sorted(UNFILTERED)


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
