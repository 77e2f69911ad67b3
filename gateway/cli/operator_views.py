"""One transmission for operators: where it stands, why, and what today's code makes of it."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from rich.table import Table

from gateway.cli.operator import row_of
from gateway.kit.console import fail, out
from gateway.kit.ids import parse_id
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import Problem
from gateway.runtime import Runtime
from gateway.settings import Settings
from gateway.transmissions import explaining
from gateway.transmissions import service as transmissions
from gateway.transmissions.replaying import replay

Json = dict[str, Any]
_DIFFERS = 3


def why(transmission: str, *, as_json: bool) -> int:
    """Print the lineage of a transmission."""
    found = _of(transmission, _why)
    if as_json:
        out.print_json(json.dumps(found, default=str))
        return 0
    for sentence in found["summary"]:
        out.print(sentence)
    table = Table()
    for column in ("at", "event", "axis", "from", "to", "rule", "evidence"):
        table.add_column(column, overflow="fold")
    for event in found["events"]:
        for move in event["moves"]:
            values = (event["at"], event["type"], move["axis"], move["before"], move["after"])
            texts = ["" if one is None else str(one) for one in values]
            table.add_row(*texts, move["rule"], event["evidence_id"] or "")
    out.print(table)
    return 0


def show(transmission: str, *, as_json: bool) -> int:
    """Print where a transmission stands, and its attempts."""
    found = _of(transmission, _why)
    shown = {name: found[name] for name in ("id", "channel", "state", "headline", "waiting")}
    if as_json:
        out.print_json(json.dumps({**shown, "attempts": found["attempts"]}, default=str))
        return 0
    state: Mapping[str, Any] = found["state"]
    out.print(f"{found['id']}  {found['channel']}  {found['headline']['status']}")
    out.print("  ".join(f"{axis}: {value}" for axis, value in state.items() if value))
    out.print(found["summary"][-1])
    table = Table()
    columns = ("number", "purpose", "outcome", "reason", "endpoint", "begun_at", "ended_at")
    for column in columns:
        table.add_column(column, overflow="fold")
    for one in found["attempts"]:
        table.add_row(*("" if one[name] is None else str(one[name]) for name in columns))
    out.print(table)
    return 0


def again(transmission: str, *, as_json: bool) -> int:
    """Replay a transmission, and print what differs: 0 nothing, 3 something."""

    def replayed(runtime: Runtime, tx: TenantTransaction, trn: str) -> Json:
        view = transmissions.get(tx, parse_id(trn, "trn"))
        found = replay(tx, view.id, runtime.wires)
        found["issued_now"] = runtime.issued_now(tx, view.document_id)
        return found

    found = _of(transmission, replayed)
    if as_json:
        out.print_json(json.dumps(found, default=str))
    else:
        for one in found["attempts"]:
            recorded = one["recorded"]["outcome"] or "no outcome"
            told = one.get("not_replayed") or one.get("replayed", {}).get("outcome", "")
            out.print(
                f"attempt {one['number']} ({one['purpose']}): {recorded}; today: {told};"
                f" {'the same' if one['same'] else 'DIFFERENT'}"
            )
            _differences(one.get("request", []))
        out.print("what would be sent now:")
        _differences(found["now"].get("changes") or [])
        issued = found["issued_now"]
        out.print(
            "what would be issued now: "
            + ("the same bytes" if issued.get("identical") else "other bytes")
        )
        for change in issued.get("changes", []):
            out.print(f"  {change['name']}: {change['old']!r} -> {change['new']!r}")
        for finding in issued.get("new_findings", []):
            out.print(f"  {finding['flag']} {finding['rule']}: {finding['message']}")
    return 0 if found["same"] else _DIFFERS


def _differences(changes: list[Json]) -> None:
    for one in changes:
        out.print(f"  {one['part']} {one['place'] or ''}: {one['old']!r} -> {one['new']!r}")


def _why(runtime: Runtime, tx: TenantTransaction, transmission: str) -> Json:
    view = transmissions.get(tx, parse_id(transmission, "trn"))
    standing = runtime.standing_of(tx, view.document_id)
    return explaining.why(tx, view.id, standing, runtime.conduct_of(view.channel))


def _of(transmission: str, look: Callable[[Runtime, TenantTransaction, str], Json]) -> Json:
    """Return what is seen of a transmission in a transaction of its tenant."""
    from gateway.cli.serving import CANNOT_START  # noqa: PLC0415 - loads the whole server

    try:
        runtime = Runtime.open(Settings())
    except CANNOT_START as error:
        fail(str(error))
    try:
        row = row_of(runtime.database, transmission)
        with runtime.database.transaction(row.tenant, read_only=True) as tx:
            return look(runtime, tx, transmission)
    except Problem as problem:
        fail(problem.detail)
    finally:
        runtime.close()
