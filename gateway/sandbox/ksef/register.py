"""Invoices that KSeF has: by number, by search, and as packages."""

import datetime
import io
import json
import sqlite3
import zipfile
from decimal import Decimal

from gateway.sandbox.kit.replies import Reply
from gateway.sandbox.ksef import granted, numbers
from gateway.sandbox.ksef.ask import Ask
from gateway.sandbox.ksef.ciphers import digest, encrypted, session_key
from gateway.sandbox.ksef.fa import KINDS
from gateway.sandbox.ksef.forms import answered, written, xml
from gateway.sandbox.ksef.shelf import Json

_MOST = 10_000
_PART = 50_000_000
_DATES = {"Issue": "issueDate", "Invoicing": "invoicingDate", "PermanentStorage": "stored"}
_ROLES = ("Subject1", "Subject2", "Subject3", "SubjectAuthorized")


def _seen(row: sqlite3.Row, nip: str) -> bool:
    return nip in {row["seller"], row["buyer"], *_third(row)}


def _third(row: sqlite3.Row) -> list[str]:
    """Return the NIPs of third parties; what was kept before they were has none."""
    found: list[str] = json.loads(row["value"]).get("fa", {}).get("third", [])
    return found


def _download(ask: Ask) -> Reply:
    name = ask.values["ksefNumber"]
    rows = ask.office.book.execute("select * from invoice where ksef_number = ?", (name,))
    ours = bool(rows) and _seen(rows[0], granted.nip_of(ask.context))
    good = numbers.is_invoice(name) and ours
    ask.must("K501", kept=good, details=f"Faktura o numerze KSeF {name} nie została znaleziona.")
    return xml(rows[0]["content"], rows[0]["hash"])


def metadata(row: sqlite3.Row) -> Json:
    """Return what is said of an invoice."""
    value: Json = json.loads(row["value"])
    fa = value["fa"]
    kind, number = fa["buyer"]
    net, gross, vat = (float(Decimal(one)) for one in fa["amounts"])
    system, version, form = fa["form"]
    said = {
        "ksefNumber": row["ksef_number"],
        "invoiceNumber": row["number"],
        "issueDate": fa["issueDate"],
        "invoicingDate": value["invoicingDate"],
        "acquisitionDate": value["acquisitionDate"],
        "permanentStorageDate": value["permanentStorageDate"],
        "seller": {"nip": row["seller"], "name": fa["sellerName"]},
        "buyer": {"identifier": {"type": kind, "value": number or None}, "name": fa["buyerName"]},
        "netAmount": net,
        "grossAmount": gross,
        "vatAmount": vat,
        "currency": fa["currency"],
        "invoicingMode": value["invoicingMode"],
        "invoiceType": KINDS.get(row["kind"], "Vat"),
        "formCode": {"systemCode": system, "schemaVersion": version, "value": form},
        "isSelfInvoicing": fa["selfInvoicing"],
        "hasAttachment": fa["attachment"],
        "invoiceHash": row["hash"],
    }
    if value.get("corrects"):
        said["hashOfCorrectedInvoice"] = value["corrects"]
    return said


def _found(ask: Ask, filters: Json) -> list[sqlite3.Row]:
    """Return what a search finds, the oldest first by the date that it names."""
    period = filters.get("dateRange") or {}
    role, kind = filters.get("subjectType"), period.get("dateType")
    if role not in _ROLES or kind not in _DATES or "from" not in period:
        ask.wrong("filters")
    since, until = (_moment(ask, period.get(name)) for name in ("from", "to"))
    if period.get("restrictToPermanentStorageHwmDate"):
        ask.must("K503", kept=since is None or since <= ask.now, details="dateRange.from")
    nip = granted.nip_of(ask.context)
    every = ask.office.book.execute(
        "select * from invoice where ksef_number is not null order by rowid"
    )
    rows = [one for one in every if nip in _named(one, str(role))]
    chosen = [
        (_dated(one, str(kind)), one) for one in rows if _matches(metadata(one), one, filters)
    ]
    inside = [
        (at, one)
        for at, one in chosen
        if (since is None or at >= since) and (until is None or at <= until)
    ]
    return [one for _, one in sorted(inside, key=lambda pair: pair[0])]


def _named(row: sqlite3.Row, role: str) -> list[str]:
    match role:
        case "Subject1":
            return [row["seller"]]
        case "Subject2":
            return [row["buyer"]]
        case "Subject3":
            return _third(row)
        case _:
            return []


def _dated(row: sqlite3.Row, kind: str) -> datetime.datetime:
    said = metadata(row)
    name = {"Issue": "issueDate", "Invoicing": "invoicingDate"}.get(kind, "permanentStorageDate")
    moment = datetime.datetime.fromisoformat(said[name])
    return moment if moment.tzinfo else moment.replace(tzinfo=numbers.WARSAW)


def _matches(said: Json, row: sqlite3.Row, filters: Json) -> bool:
    wanted = {
        "ksefNumber": said["ksefNumber"],
        "invoiceNumber": said["invoiceNumber"],
        "sellerNip": said["seller"]["nip"],
        "invoicingMode": said["invoicingMode"],
        "isSelfInvoicing": said["isSelfInvoicing"],
        "hasAttachment": said["hasAttachment"],
        "formType": said["formCode"]["value"],
    }
    plain = all(filters.get(name) in {None, value} for name, value in wanted.items())
    currencies, kinds = filters.get("currencyCodes"), filters.get("invoiceTypes")
    buyer = (filters.get("buyerIdentifier") or {}).get("value")
    return (
        plain
        and (not currencies or said["currency"] in currencies)
        and (not kinds or said["invoiceType"] in kinds)
        and buyer in {None, row["buyer"]}
    )


def _moment(ask: Ask, text: str | None) -> datetime.datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.datetime.fromisoformat(text)
    except ValueError:
        ask.wrong(f"dateRange {text}")
        raise
    return moment if moment.tzinfo else moment.replace(tzinfo=numbers.WARSAW)


def _metadata(ask: Ask) -> Reply:
    found = _found(ask, ask.body("subjectType", "dateRange"))
    if ask.query("sortOrder") == "Desc":
        found.reverse()
    truncated = len(found) > _MOST
    listed = [{"row": one} for one in found[:_MOST]]
    page = ask.offset(listed, 10, 10, 250)
    size, number = ask.size(10, 10, 250), int(ask.query("pageOffset", "0"))
    more = (number + 1) * size < len(listed)
    return answered(
        {
            "hasMore": more or truncated,
            "isTruncated": truncated and not more,
            "permanentStorageHwmDate": written(ask.now),
            "invoices": [metadata(one["row"]) for one in page],
        }
    )


def _export(ask: Ask) -> Reply:
    said = ask.body("encryption", "filters")
    key = session_key(ask, said["encryption"])
    found = _found(ask, said["filters"])
    reference = ask.office.number("EH", ask.now)
    code = 200 if key is not None else 415
    export: Json = {"context": ask.context, "code": code, "at": written(ask.now), "parts": []}
    if key is not None:
        chosen = found[:_MOST]
        whole = _packed(chosen, content=not said.get("onlyMetadata"))
        for number, start in enumerate(range(0, len(whole), _PART), 1):
            plain = whole[start : start + _PART]
            sealed = encrypted(plain, *key)
            ask.office.shelf.write_file(f"export/{reference}/{number}", sealed)
            export["parts"].append([len(plain), digest(plain), len(sealed), digest(sealed)])
        export |= {
            "count": len(chosen),
            "size": len(whole),
            "truncated": len(found) > _MOST,
            "last": metadata(chosen[-1])["permanentStorageDate"] if chosen else None,
        }
    ask.office.shelf.put("export", reference, export, ask.context)
    return answered({"referenceNumber": reference}, 201)


def _packed(rows: list[sqlite3.Row], *, content: bool) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        listed = [metadata(one) for one in rows]
        archive.writestr("_metadata.json", json.dumps({"invoices": listed}, ensure_ascii=False))
        for one in rows if content else ():
            archive.writestr(f"{one['ksef_number']}.xml", one["content"])
    return made.getvalue()


def _export_status(ask: Ask) -> Reply:
    name = ask.values["referenceNumber"]
    found = ask.office.shelf.get("export", name)
    ours = found is not None and found["context"] == ask.context
    ask.must("K502", kept=ours, details=name)
    assert found is not None  # noqa: S101 - the rule was kept
    if found["code"] != 200:  # noqa: PLR2004 - KSeF's
        status = {"code": found["code"], "description": "Błąd odszyfrowania dostarczonego klucza"}
        return answered({"status": status})
    until = written(ask.now + datetime.timedelta(hours=1))
    parts = [
        {
            "ordinalNumber": number,
            "partName": f"{name}-{number}.zip.aes",
            "method": "GET",
            "url": f"{ask.call.here}/files/export/{name}/{number}",
            "partSize": size,
            "partHash": plain,
            "encryptedPartSize": sealed_size,
            "encryptedPartHash": sealed,
            "expirationDate": until,
        }
        for number, (size, plain, sealed_size, sealed) in enumerate(found["parts"], 1)
    ]
    package = {
        "invoiceCount": found["count"],
        "size": found["size"],
        "parts": parts,
        "isTruncated": found["truncated"],
        "lastPermanentStorageDate": found["last"],
        "permanentStorageHwmDate": found["at"],
    }
    status = {"code": 200, "description": "Eksport faktur zakończony sukcesem"}
    return answered(
        {
            "status": status,
            "completedDate": found["at"],
            "packageExpirationDate": until,
            "package": package,
        }
    )


HANDLERS = {
    "download": _download,
    "metadata": _metadata,
    "export": _export,
    "export_status": _export_status,
}
