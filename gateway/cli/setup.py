"""`gateway setup`: what an entity still needs, and the steps there, at a running gateway."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import httpx2
from rich.table import Table

from gateway.cli.remote import NOT_DONE, refused, written
from gateway.kit.console import err, out

_MARKS = {
    "done": "done",
    "missing": "MISSING",
    "failing": "FAILING",
    "warning": "soon",
    "unknown": "unknown",
    "not_applicable": "-",
}
_OPEN = frozenset({"missing", "failing", "warning"})


def steps(http: httpx2.Client, purpose: str, *, everything: bool, as_json: bool) -> int:
    """Show the checklist: 0 nothing is in the way of the purpose, 1 something is, 2 not asked.

    Args:
        http: Speaks to the gateway.
        purpose: `sandbox`, `live` or `sending`.
        everything: Show what is done and what does not apply, too.
        as_json: Print the answer as it is.
    """
    entity = _entity(http)
    if entity is None:
        return NOT_DONE
    answer = http.get(f"/v1/entities/{entity}/readiness")
    if not answer.is_success:
        return refused(answer)
    told = answer.json()
    ready = bool(told[f"ready_for_{purpose}"])
    if as_json:
        out.print_json(json.dumps(told))
        return 0 if ready else 1
    shown = [one for one in told["items"] if everything or one["state"] in _OPEN]
    if shown:
        out.print(_table(shown))
    following = next(
        (one for one in told["items"] if one["id"] in told["missing"] and _for(one, purpose)), None
    )
    if following is not None:
        err.print(f"next: {following['title']}: {following['fix'] or following['why']}")
    err.print(f"{'ready' if ready else 'not ready'} for {purpose}")
    return 0 if ready else 1


def choose(http: httpx2.Client, scheme: str, details: Iterable[str]) -> int:
    """Choose a fiscal scheme: 0 done, 2 refused.

    Args:
        http: Speaks to the gateway.
        scheme: `si-furs`, `hr-cis`, `pl-ksef`, `es-verifactu` ...; `none` takes it away.
        details: What the scheme wants to know, `name=value`; values are read as JSON where they
            are JSON, else as text.
    """
    entity = _entity(http)
    if entity is None:
        return NOT_DONE
    chosen: dict[str, Any] | None = None
    if scheme != "none":
        said = dict[str, Any]()
        for one in details:
            name, equals, value = one.partition("=")
            if not equals or not name:
                err.print(f"{one}: write it as name=value")
                return NOT_DONE
            said[name] = _read(value)
        chosen = {"scheme": scheme, **said}
    answer = http.patch(f"/v1/entities/{entity}", json={"settings": {"fiscalization": chosen}})
    if not answer.is_success:
        return refused(answer)
    out.print(scheme)
    return 0


def told(http: httpx2.Client, path: str) -> int:
    """Have an authority told of something and print where it stands: 0 it took it, 2 not."""
    answer = http.post(path)
    if not answer.is_success:
        return refused(answer)
    out.print(answer.json()["state"])
    return 0


def act(http: httpx2.Client, adopted_on: str | None, output: Path) -> int:
    """Write the internal act as PDF: 0 it is there, 2 not."""
    asked = {} if adopted_on is None else {"adopted_on": adopted_on}
    return written(http.get("/v1/premises/internal-act", params=asked), output)


def content_of(said: str) -> Any:  # noqa: ANN401 - JSON
    """Return JSON that was typed, or that stands in a file after `@`.

    Raises:
        ValueError: It is not JSON.
        OSError: There is no such file.
    """
    text = Path(said[1:]).read_text("utf-8") if said.startswith("@") else said
    return json.loads(text)


def _entity(http: httpx2.Client) -> str | None:
    """Return the entity that is meant: the one named, or the only one that the key reaches."""
    named = http.headers.get("Entity-Id")
    if named:
        return str(named)
    answer = http.get("/v1/entities", params={"limit": 2})
    if not answer.is_success:
        refused(answer)
        return None
    found: list[dict[str, Any]] = answer.json()["data"]
    if len(found) != 1:
        err.print("say which entity is meant: --entity ent_...")
        return None
    return str(found[0]["id"])


def _for(item: Mapping[str, Any], purpose: str) -> bool:
    return purpose in item["required_for"]


def _read(value: str) -> Any:  # noqa: ANN401 - JSON
    try:
        return json.loads(value) if value[:1] in "{[" or value in {"true", "false"} else value
    except ValueError:
        return value


def _table(items: Iterable[Mapping[str, Any]]) -> Table:
    table = Table()
    for column in ("step", "state", "for", "what to do"):
        table.add_column(column, overflow="fold")
    for one in items:
        what = one["fix"] if one["state"] in _OPEN and one["fix"] else one["why"]
        table.add_row(
            one["title"], _MARKS[one["state"]], ", ".join(one["required_for"]) or "advice", what
        )
    return table
