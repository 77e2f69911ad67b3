"""Processing: what was sent is looked at when its time has come, in the order it came.

Nothing runs beside the calls: each begins by doing what is due, so that a stopped clock stops
everything, and the same calls at the same moments come to the same end.
"""

import datetime
import json
import sqlite3

from gateway.sandbox.ksef import fa, granted, numbers
from gateway.sandbox.ksef.ciphers import CipherError, decrypted, digest
from gateway.sandbox.ksef.fa import Fa, NotFaError
from gateway.sandbox.ksef.forms import written
from gateway.sandbox.ksef.limits import SESSION
from gateway.sandbox.ksef.office import Office
from gateway.sandbox.ksef.rules import RULES
from gateway.sandbox.ksef.schemas import Schemas
from gateway.sandbox.ksef.shelf import Json

_WAITING, _DONE = 100, 200
_MEGABYTE = 1_000_000
_SCRIPTED = {
    500: "Nieznany błąd",
    550: "Operacja została anulowana przez system",
    405: "Przetwarzanie anulowane z powodu błędu sesji",
}


class RefusedError(Exception):
    """An invoice is not taken; its rule, what is told, and the duplicate's original."""

    def __init__(self, rule: str, details: str, extensions: Json | None = None) -> None:
        super().__init__(details)
        self.rule, self.extensions = rule, extensions


class Processor:
    """Processes.

    Args:
        office: The authority.
        schemas: What invoices are judged by.
    """

    def __init__(self, office: Office, schemas: Schemas) -> None:
        self._office = office
        self.schemas = schemas

    def run(self, now: datetime.datetime) -> None:
        """Look at what is due."""
        due = self._office.book.execute(
            "select * from invoice where status = ? and due <= ? order by rowid",
            (_WAITING, now.timestamp()),
        )
        for row in due:
            self._decide(row, now)

    def _decide(self, row: sqlite3.Row, now: datetime.datetime) -> None:
        value: Json = json.loads(row["value"])
        session = self._office.shelf.get("session", row["session"]) or {}
        script = self._office.script
        if script.verdicts:
            code = script.verdicts.pop(0)
            self._refused(row, value, code, _SCRIPTED.get(code, "Nieznany błąd"), None, None)
            return
        try:
            found, content = self._judge(row, value, session)
        except RefusedError as error:
            self._office.rulebook.judged(error.rule, kept=False)
            rule = RULES[error.rule]
            details = [str(error)] if str(error) else None
            self._refused(row, value, int(rule.code), rule.text, details, error.extensions)
            return
        self._taken(row, value, found, content, now)

    def _judge(self, row: sqlite3.Row, value: Json, session: Json) -> tuple[Fa, bytes]:
        content = self._content(row, value, session)
        if not self._kept("K302", digest(content) == row["hash"]):
            raise RefusedError("K302", "Skrót faktury nie zgadza się z zadeklarowanym.")
        try:
            root = fa.root_of(content)
        except NotFaError as error:
            raise RefusedError("K303", str(error)) from error
        wrong = self.schemas.wrong_with(session["form"][0], root)
        if not self._kept("K303", wrong is None):
            raise RefusedError("K303", wrong or "")
        try:
            found = fa.read(root)
        except NotFaError as error:
            raise RefusedError("K303", str(error)) from error
        self._sized(content, found, row["context"], session["type"])
        self._sensible(found, value, session)
        if not self._kept("K306", granted.may_issue(self._office, row["context"], found.seller)):
            raise RefusedError("K306", f"NIP {found.seller}")
        self._attached(found, row["context"], value, session)
        self._new(found)
        return found, content

    def _content(self, row: sqlite3.Row, value: Json, session: Json) -> bytes:
        if not value.get("encrypted"):
            return bytes(row["content"])
        key, iv = (bytes.fromhex(one) for one in session["key"])
        try:
            content = decrypted(row["content"], key, iv)
        except CipherError as error:
            raise RefusedError("K301", "") from error
        self._kept("K301", good=True)
        return content

    def _sized(self, content: bytes, found: Fa, context: str, kind: str) -> None:
        own = self._office.shelf.get("session-limits", context) or {}
        limits = own.get("batchSession" if kind == "Batch" else "onlineSession", SESSION)
        name = "maxInvoiceWithAttachmentSizeInMB" if found.attachment else "maxInvoiceSizeInMB"
        if not self._kept("K302", len(content) <= limits[name] * _MEGABYTE):
            raise RefusedError("K302", f"Rozmiar faktury: {len(content)}")

    def _sensible(self, found: Fa, value: Json, session: Json) -> None:
        sent = datetime.datetime.fromisoformat(value["invoicingDate"])
        wrong = None
        if list(found.form) != session["form"]:
            wrong = f"Kod formularza {found.form[0]} jest niezgodny z sesją."
        elif found.issue_date > numbers.day(sent):
            wrong = "Data wystawienia faktury (P_1) jest późniejsza niż data przyjęcia."
        elif len(found.seller) != 10 or not found.seller.isdigit():  # noqa: PLR2004 - a NIP
            wrong = "NIP"
        if not self._kept("K304", wrong is None):
            raise RefusedError("K304", wrong or "")

    def _attached(self, found: Fa, context: str, value: Json, session: Json) -> None:
        allowed = self._office.shelf.get("attachments", granted.nip_of(context)) is not None
        batch = session["type"] == "Batch" or value.get("corrects")
        if found.attachment and not self._kept("K307", bool(allowed and batch)):
            raise RefusedError("K307", "")

    def _new(self, found: Fa) -> None:
        same = self._office.book.execute(
            "select session, ksef_number from invoice"
            " where seller = ? and kind = ? and number = ? and status = ?",
            (found.seller, found.kind, found.number, _DONE),
        )
        if self._kept("K305", not same):
            return
        session, number = same[0]["session"], same[0]["ksef_number"]
        raise RefusedError(
            "K305",
            f"Duplikat faktury. Faktura o numerze KSeF: {number} została już prawidłowo przesłana"
            f" do systemu w sesji: {session}",
            {"originalSessionReferenceNumber": session, "originalKsefNumber": number},
        )

    def _taken(
        self, row: sqlite3.Row, value: Json, found: Fa, content: bytes, now: datetime.datetime
    ) -> None:
        sent = datetime.datetime.fromisoformat(value["invoicingDate"])
        offline = value["offline"] or found.issue_date < numbers.day(sent)
        number = self._office.invoice_number(found.seller, sent)
        at = written(now)
        value |= {
            "status": {"code": _DONE, "description": "Sukces"},
            "invoiceNumber": found.number,
            "acquisitionDate": at,
            "permanentStorageDate": at,
            "invoicingMode": "Offline" if offline else "Online",
            "fa": {
                "issueDate": found.issue_date.isoformat(),
                "sellerName": found.seller_name,
                "buyer": list(found.buyer),
                "buyerName": found.buyer_name,
                "third": list(found.third),
                "currency": found.currency,
                "amounts": [str(found.net), str(found.gross), str(found.vat)],
                "form": list(found.form),
                "selfInvoicing": found.self_invoicing,
                "attachment": found.attachment,
            },
        }
        self._office.book.execute(
            "update invoice set status = ?, seller = ?, kind = ?, number = ?, ksef_number = ?,"
            " buyer = ?, stored_at = ?, content = ?, value = ? where reference = ?",
            (
                *(_DONE, found.seller, found.kind, found.number, number, found.buyer[1], at),
                *(content, json.dumps(value), row["reference"]),
            ),
        )

    def _refused(  # noqa: PLR0913, PLR0917 - what is told
        self,
        row: sqlite3.Row,
        value: Json,
        code: int,
        text: str,
        details: list[str] | None,
        extensions: Json | None,
    ) -> None:
        status: Json = {"code": code, "description": text}
        if details:
            status["details"] = details
        if extensions:
            status["extensions"] = extensions
        self._office.book.execute(
            "update invoice set status = ?, value = ? where reference = ?",
            (code, json.dumps({**value, "status": status}), row["reference"]),
        )

    def _kept(self, rule: str, good: bool) -> bool:  # noqa: FBT001 - what `judged` is told
        return self._office.rulebook.judged(rule, kept=True) if good else False
