"""The steps of the demo: entities, submission, following, bundles."""

import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from gateway.archive.verify import verify
from gateway.demo.api import Answer, Api
from gateway.demo.companies import SELLERS
from gateway.demo.invoices import INVOICES, DemoInvoice
from gateway.demo.progress import Row, Watch
from gateway.kit.console import out

FOLLOW_SECONDS = 60
_OK = range(200, 300)


class DemoFailedError(RuntimeError):
    """The demo cannot go on; the message says where and what was answered."""


def create_entities(api: Api) -> dict[str, str]:
    """Create one entity in each country; return country code to entity id."""
    made = {}
    for country, company in SELLERS.items():
        answer = _expect(api.post("/v1/entities", company, key=f"demo-entity-{country}"))
        made[country] = answer["id"]
        out.print(f"entity {answer['id']}: {company['name']}, {country}")
    return made


def submit_all(api: Api, entities: Mapping[str, str], rows: list[Row], watch: Watch) -> None:
    """Submit every invoice over HTTP, finalized in the same call; add a row for each."""
    for invoice in INVOICES:
        row = Row(invoice.title, invoice.country, entity=entities[invoice.country])
        rows.append(row)
        submit(api, invoice, row, rows, watch)
        watch.look()


def submit(api: Api, invoice: DemoInvoice, row: Row, before: Sequence[Row], watch: Watch) -> None:
    """Submit one invoice; where it is refused on purpose, repair it as the fix says."""
    body = dict(invoice.body)
    if invoice.corrects is not None:
        number = next(done.number for done in before if done.title == invoice.corrects)
        body["preceding_invoice_references"] = [{"reference": number}]
    path = f"/v1/{invoice.collection}?finalize=true"
    answer = api.post(path, body, entity=row.entity, key=f"demo-{invoice.title}")
    if invoice.repair is not None:
        row.moved("refused")
        row.remark = _reason(answer)
        watch.look()
        body.update(invoice.repair)
        answer = api.post(path, body, entity=row.entity, key=f"demo-{invoice.title}-repaired")
    issued = _expect(answer)
    row.id, row.number, row.profile = issued["id"], issued["number"], issued["profile"]
    row.digest = issued["sha256"]
    ran = [layer for layer in issued["layers"] if layer["outcome"] == "ran"]
    row.layers = f"{len(ran)} of {len(issued['layers'])}"
    row.not_judged = [
        f"{layer['id']}: {layer['reason']}"
        for layer in issued["layers"]
        if layer["outcome"] != "ran"
    ]
    row.moved(issued["status"])


def follow(api: Api, rows: Sequence[Row], watch: Watch) -> None:
    """Follow every document with `?wait=` until its status is final, showing each step."""
    with ThreadPoolExecutor(len(rows)) as pool:
        followed = [pool.submit(_follow_one, api, row) for row in rows]
        while not all(future.done() for future in followed):
            watch.look()
            time.sleep(0.1)
    for future in followed:
        future.result()


def _follow_one(api: Api, row: Row) -> None:
    deadline = time.monotonic() + FOLLOW_SECONDS
    path = f"/v1/documents/{row.id}/status"
    tag: str | None = None
    while time.monotonic() < deadline:
        answer = api.get(path, entity=row.entity, tag=tag, wait="10")
        if answer.status == 200:  # noqa: PLR2004 - otherwise 304: nothing new
            status = _expect(answer)
            tag = answer.headers.get("etag")
            row.moved(status["status"])
            if status["final"]:
                return
    raise DemoFailedError(f"{row.title}: no final status within {FOLLOW_SECONDS} s ({row.status})")


def collect(api: Api, rows: Sequence[Row], bundles: Path) -> None:
    """Export each document's evidence and verify it offline with the log's key."""
    key = api.text("/v1/log/key").strip()
    for row in rows:
        bundle = bundles / f"{row.country}-{row.number}.zip"
        bundle.write_bytes(api.download(f"/v1/documents/{row.id}/bundle", entity=str(row.entity)))
        result = verify(bundle, trusted_key=key)
        row.verified = "yes" if result.ok and result.authentic else "no"


def _expect(answer: Answer) -> dict[str, Any]:
    if answer.status not in _OK:
        raise DemoFailedError(f"{answer.status}: {answer.body}")
    body: dict[str, Any] = answer.body
    return body


def _reason(answer: Answer) -> str:
    """Say what a refusal says: rule, pointer, message, fix."""
    if answer.status in _OK:
        raise DemoFailedError("an invoice that is wrong by a cent was issued")
    fatal = [one for one in answer.body["findings"] if one["flag"] == "fatal"]
    said = [
        f"{one['rule']} at {one.get('pointer')}: {one['message']} {one.get('fix', '')}"
        for one in fatal
    ]
    return f"refused with {answer.status}: " + " | ".join(said)
