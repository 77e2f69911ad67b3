"""The authority's desk: its keys, its ledger, and which call is whose."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from typing_extensions import override

from gateway.sandbox.furs import ledger, taxpayers, tokens
from gateway.sandbox.furs.judgement import Judge
from gateway.sandbox.furs.ledger import SHOWN, Premises, Series
from gateway.sandbox.furs.rules import RULES, TEXTS
from gateway.sandbox.furs.taxpayers import Taxpayers
from gateway.sandbox.kit import (
    certificates,
    known_keys,
    message_ids,
    registrations,
    replies,
    view,
)
from gateway.sandbox.kit.call import Call
from gateway.sandbox.kit.certificates import Use
from gateway.sandbox.kit.certified import CertifiedDesk, Operation
from gateway.sandbox.kit.control import Deeds, done
from gateway.sandbox.kit.message_ids import MessageIds
from gateway.sandbox.kit.registrations import Registrations
from gateway.sandbox.kit.replies import Reply

_ROOT = ["v1", "cash_registers"]
_INVOICES = ("registered_at", "owner", "number", "message_id", "repeats", "answer", "remark")
_PREMISES = ("registered_at", "tax_number", "premise", "state", "valid_from", "message_id")
_SERIES = ("tax_number", "premise", "device", "first", "last", "count", "missing")
_FAULT = {f"{json.dumps({'error': code})}".encode(): code for code in TEXTS}
_DISCLAIMER = (
    "A local authority for trying things out, by the protocol of FURS. Nobody is told of anything."
)


class Office(CertifiedDesk):
    """The authority.

    Besides the usual, it gives out keys with certificates (`POST /test-taxpayers/{tax number}`,
    PEM, or PKCS#12 with `?password=`), and the control plane has `GET ledger`, `PUT keys/{serial}`
    `{"pem": ...}`. The fault `protocol_fault` with a code as `word` (`S100`) is a signed error.

    Args:
        directory: Keys and ledger.
        seed: Of the EORs it gives out.
        mutual_tls: Whether callers must show a certificate.
    """

    name = "si-furs"
    title = "FURS sandbox"

    def __init__(self, directory: Path, *, seed: int = 0, mutual_tls: bool = True) -> None:
        super().__init__(
            directory,
            tables=registrations.TABLE + ledger.TABLE + known_keys.TABLE + message_ids.TABLE,
            places=("invoices", "premises", "echo"),
            rules=RULES,
            seed=seed,
            mutual_tls=mutual_tls,
        )
        own = certificates.kept(directory, "office", lambda: taxpayers.office(self.ca))
        self._stranger = self.stranger(own, Use.SIGNATURE)
        self._taxpayers = Taxpayers(self.book, self.ca)
        self.judge = Judge(
            self.ca,
            Registrations(self.book),
            Premises(self.book),
            self._taxpayers,
            self.rulebook,
            own,
            self.ids,
            MessageIds(self.book),
        )

    @override
    def operation(self, call: Call) -> Operation | None:
        """Return what a call is; chance goes by what is signed, not by whom."""
        if call.method != "POST" or call.parts[:2] != _ROOT:
            return None
        content = tokens.content_of(call.body) or call.body
        match call.parts[2:]:
            case ["echo"]:
                return Operation("echo", content, enquiry=True)
            case ["invoices"]:
                return Operation("invoices", content)
            case ["invoices", "register"]:
                return Operation("premises", content)
            case _:
                return None

    @override
    def decide(self, call: Call, skew: float) -> Reply:
        caller, now = self.is_caller(call), self.clock.now(skew)
        last = call.parts[-1]
        if last == "echo":
            return self.judge.echo(call, caller=caller)
        return self.judge.take(call, now, caller=caller, premise=last == "register")

    @override
    def answer(self, call: Call) -> Reply:
        if call.method == "POST" and call.parts[0] == "test-taxpayers":
            return self._taxpayers.enrolled(call)
        if call.path == "/test-certificates" and taxpayers.is_office(call.body):
            return replies.as_json({"error": "that is this authority's own name"}, 422)
        reply = super().answer(call)
        code = _FAULT.get(reply.body)
        if code is None or call.parts[:2] != _ROOT:
            return reply
        premise = call.parts[-1] == "register"
        return self.judge.refused(call, code, self.clock.now(), premise=premise)

    @override
    def forged(self, reply: Reply) -> Reply:
        content = tokens.content_of(reply.body)
        return reply if content is None else tokens.sealed(self._stranger, json.loads(content))

    @override
    def page(self, query: str) -> str:
        shown = parse_qs(query).get("number", ["-"])[0]
        rows = [
            {**row, "class": "shown" if row["number"] == shown else row["state"]}
            for row in reversed(self._invoices())
        ]
        return view.page(
            "FURS, local",
            [
                ("Business premises", view.table(_PREMISES, self.judge.premises.rows())),
                ("Numbers", view.table(_SERIES, [_counted(one) for one in self.series()])),
                ("Invoices", view.table(_INVOICES, rows)),
                ("Counters", view.counters(self.book.counters())),
            ],
            under=_DISCLAIMER,
        )

    @override
    def compliance(self) -> dict[str, Any]:
        """Return the usual report, and by what messages are judged."""
        schema = "this authority's own reading of FiscalVerificationSchema.json"
        return {**super().compliance(), "schema": f"{schema}; the file itself is not used"}

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
            "premises": self.judge.premises.rows(),
            "series": [_counted(one) for one in self.series()],
            "counters": self.book.counters(),
        }

    def series(self) -> list[Series]:
        """Return what was counted, by premise or device."""
        return ledger.series([json.loads(row["remark"]) for row in self._invoices()])

    def _invoices(self) -> list[dict[str, Any]]:
        answers = self.book.execute("select key, answer from registration")
        eors = {row["key"]: row["answer"] for row in answers}
        return [{**row, "answer": eors[row["key"]]} for row in self.judge.registered.rows()]


def _counted(one: Series) -> dict[str, Any]:
    gaps = [str(number) for number, _ in zip(one.gaps(), range(SHOWN), strict=False)]
    return {
        "tax_number": one.tax_number,
        "premise": one.premise,
        "device": one.device,
        "first": one.numbers[0],
        "last": one.numbers[-1],
        "count": len(one.numbers),
        "missing": f"{one.missing}: {', '.join(gaps)}" if gaps else "",
        "class": "refused" if gaps else "",
    }
