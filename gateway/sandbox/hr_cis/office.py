"""The authority's desk: its keys, its ledger, and which call is whose."""

import datetime
import json
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice, pairwise
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from typing_extensions import override

from gateway.sandbox.hr_cis import judgement, schema, signatures, taxpayers
from gateway.sandbox.hr_cis.judgement import Judge
from gateway.sandbox.hr_cis.rules import RULES, TEXTS
from gateway.sandbox.hr_cis.taxpayers import Taxpayers
from gateway.sandbox.kit import (
    certificates,
    known_keys,
    message_ids,
    registrations,
    replies,
    soap,
    view,
)
from gateway.sandbox.kit.call import Call
from gateway.sandbox.kit.certificates import Use
from gateway.sandbox.kit.certified import CertifiedDesk, Operation
from gateway.sandbox.kit.control import Deeds, done
from gateway.sandbox.kit.message_ids import MessageIds
from gateway.sandbox.kit.registrations import Registrations
from gateway.sandbox.kit.replies import Reply

PATHS = frozenset({"/FiskalizacijaService", "/FiskalizacijaServiceTest"})

_INVOICES = ("registered_at", "owner", "number", "message_id", "repeats", "answer", "remark")
_SERIES = ("oib", "year", "premise", "device", "first", "last", "count", "missing")
_SHOWN = 20
_ECHO = f"{{{schema.NAMESPACE}}}EchoRequest"
_FAULT = {f"{json.dumps({'error': code})}".encode(): code for code in TEXTS}
_DISCLAIMER = (
    "A local authority for trying things out, by the protocol of CIS. Nobody is told of anything."
)


class Office(CertifiedDesk):
    """The authority.

    Besides the usual, it gives out keys with certificates (`POST /test-taxpayers/{OIB}`, PEM, or
    PKCS#12 with `?password=`), and the control plane has `GET ledger`, `PUT keys/{serial}`
    `{"pem": ...}`. The fault `protocol_fault` with a code as `word` (`s006`) is a signed error.

    Args:
        directory: Keys and ledger.
        seed: Of the JIRs it gives out.
    """

    name = "hr-cis"
    title = "CIS sandbox"

    def __init__(self, directory: Path, *, seed: int = 0) -> None:
        super().__init__(
            directory,
            tables=registrations.TABLE + known_keys.TABLE + message_ids.TABLE,
            places=("racuni", "echo"),
            rules=RULES,
            seed=seed,
            mutual_tls=False,
        )
        own = certificates.kept(directory, "office", lambda: taxpayers.office(self.ca))
        self._stranger = self.stranger(own, Use.SIGNATURE)
        self._taxpayers = Taxpayers(self.book, self.ca)
        self.judge = Judge(
            self.ca,
            Registrations(self.book),
            self._taxpayers,
            self.rulebook,
            own,
            self.ids,
            MessageIds(self.book),
        )

    @override
    def operation(self, call: Call) -> Operation | None:
        """Return what a call is; chance goes by the invoice, not by its message."""
        if call.method != "POST" or call.path not in PATHS:
            return None
        if _echoed(call.body) is not None:
            return Operation("echo", call.body, enquiry=True)
        request = judgement.opened(call.body)
        said = None if request is None else request.find(f"{{{schema.NAMESPACE}}}Racun")
        return Operation("racuni", call.body if said is None else schema.text_of(said).encode())

    @override
    def decide(self, call: Call, skew: float) -> Reply:
        echo = _echoed(call.body)
        if echo is not None:
            return self.judge.echo(echo)
        return self.judge.take(call, self.clock.now(skew))

    @override
    def answer(self, call: Call) -> Reply:
        if call.method == "POST" and call.parts[0] == "test-taxpayers":
            return self._taxpayers.enrolled(call)
        if call.method == "GET" and call.path == "/rn":
            return replies.plain(200, self._checked(call), replies.HTML)
        if call.path == "/test-certificates" and taxpayers.is_office(call.body):
            return replies.as_json({"error": "that is this authority's own name"}, 422)
        reply = super().answer(call)
        code = _FAULT.get(reply.body)
        if code is None or call.path not in PATHS:
            return reply
        return self.judge.refused(call, code, self.clock.now())

    @override
    def forged(self, reply: Reply) -> Reply:
        if b"RacunOdgovor" not in reply.body:
            return reply
        return replies.plain(
            reply.status, signatures.sealed(reply.body, self._stranger), soap.MEDIA_TYPE
        )

    @override
    def page(self, query: str) -> str:
        shown = parse_qs(query).get("number", ["-"])[0]
        rows = [
            {**row, "class": "shown" if row["number"] == shown else row["state"]}
            for row in reversed(self._invoices())
        ]
        return view.page(
            "CIS, local",
            [
                ("Numbers", view.table(_SERIES, self.series())),
                ("Invoices", view.table(_INVOICES, rows)),
                ("Counters", view.counters(self.book.counters())),
            ],
            under=_DISCLAIMER,
        )

    @override
    def compliance(self) -> dict[str, Any]:
        """Return the usual report, and by what messages are judged."""
        own = "this authority's own reading of FiskalizacijaSchema.xsd"
        return {**super().compliance(), "schema": f"{own}; the file itself is not used"}

    @override
    def deeds(self) -> Deeds:
        return {
            **super().deeds(),
            ("GET", "ledger"): lambda _, __: self.ledger(),
            ("PUT", "keys"): lambda serial, value: done(
                lambda: self._taxpayers.show(serial, value["pem"])
            ),
        }

    def ledger(self) -> dict[str, Any]:
        """Return the book as JSON."""
        return {
            "records": self._invoices(),
            "series": self.series(),
            "counters": self.book.counters(),
        }

    def series(self) -> list[dict[str, Any]]:
        """Return what was counted, by year, premise and device, and which numbers are missing."""
        found: dict[tuple[str, ...], set[int]] = {}
        for row in self.judge.registered.rows():
            one = json.loads(row["remark"])
            place = (row["owner"], one["year"], one["premise"], one["device"])
            found.setdefault(place, set()).add(one["sequence"])
        return [_counted(place, sorted(numbers)) for place, numbers in found.items()]

    def _invoices(self) -> list[dict[str, Any]]:
        answers = self.book.execute("select key, answer from registration")
        jirs = {row["key"]: row["answer"] for row in answers}
        return [{**row, "answer": jirs[row["key"]]} for row in self.judge.registered.rows()]

    def _checked(self, call: Call) -> str:
        """Return the page behind the QR code of an invoice: whether it is known, as it is said."""
        asked = {name: values[0] for name, values in parse_qs(call.query).items()}
        found = [row for row in self._invoices() if _is_meant(row, asked)]
        verdict = "Račun je fiskaliziran." if found else "Račun nije fiskaliziran."
        return view.page("Provjera računa", [(verdict, view.table(_INVOICES, found))])


def _is_meant(row: dict[str, Any], asked: dict[str, str]) -> bool:
    """Tell whether somebody asks for an invoice by JIR or ZKI, moment and total."""
    remark = json.loads(row["remark"])
    at = datetime.datetime.fromisoformat(remark["at"])
    cents = str(int(Decimal(remark["total"]) * 100))
    named = asked.get("jir") == row["answer"] or asked.get("zki") == remark["zki"]
    return named and (asked.get("datv"), asked.get("izn")) == (f"{at:%Y%m%d_%H%M}", cents)


def _echoed(body: bytes) -> str | None:
    """Return what an echo says; None for what is none."""
    try:
        found = soap.opened(body)
    except soap.MalformedError:
        return None
    return schema.text_of(found) if found.tag == _ECHO else None


def _counted(place: tuple[str, ...], numbers: list[int]) -> dict[str, Any]:
    missing = numbers[-1] - numbers[0] + 1 - len(numbers)
    shown = ", ".join(map(str, islice(_gaps(numbers), _SHOWN)))
    return {
        **dict(zip(_SERIES, (*place, numbers[0], numbers[-1], len(numbers)), strict=False)),
        "missing": f"{missing}: {shown}" if missing else "",
        "class": "refused" if missing else "",
    }


def _gaps(numbers: list[int]) -> Iterator[int]:
    for one, other in pairwise(numbers):
        yield from range(one + 1, other)
