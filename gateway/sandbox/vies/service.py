"""VIES and HMRC behind one door: each question, the fault that befalls it, and the book."""

import json
import time
from collections.abc import Mapping
from importlib import resources

from gateway.kit.clock import now
from gateway.sandbox.kit.desk import Desk
from gateway.sandbox.kit.faults import Blow, Fault, Rule
from gateway.sandbox.kit.replies import Reply, bent, instead, plain
from gateway.sandbox.vies import replies, soap
from gateway.sandbox.vies.authority import Authority, FaultError
from gateway.sandbox.vies.hmrc import Hmrc, Result
from gateway.sandbox.vies.ledger import Asked, Ledger
from gateway.sandbox.vies.limits import Limits
from gateway.sandbox.vies.registry import Registry
from gateway.sandbox.vies.replies import XML

_BASE = "/taxation_customs/vies"
VIES = f"{_BASE}/services/checkVatService"
VIES_TEST = f"{_BASE}/services/checkVatTestService"

SERVICES = {VIES: "vies", VIES_TEST: "test"}
"""Where questions in SOAP are taken."""
WSDLS = {
    f"{_BASE}/checkVatService.wsdl": "vies",
    f"{_BASE}/services/checkVatService.wsdl": "vies",
    f"{_BASE}/checkVatTestService.wsdl": "test",
    f"{_BASE}/services/checkVatTestService.wsdl": "test",
}
"""Where the interface is handed out, besides `?wsdl`."""

_PUBLISHED = b"http://ec.europa.eu/taxation_customs/vies/services/checkVatService"
_OK, _SERVER_ERROR, _UNSUPPORTED = 200, 500, 415


_PLAYED = frozenset(Fault) - {
    Fault.HTTP_ERROR_AFTER_ACCEPT,
    Fault.CERT_REVOKED,
    Fault.CLOCK_SKEW,
    Fault.WRONG_SIGNATURE,
    Fault.FOREIGN_ANSWER,
    Fault.SLOW_ASYNC,
    Fault.LATE_SIGNALS,
    Fault.OUT_OF_ORDER_SIGNALS,
    Fault.DUPLICATE_SIGNALS,
    Fault.SIGNAL_BEFORE_RESPONSE,
}
"""Nothing is signed here, and nobody is called back."""


class Service(Desk):
    """Everything that stands behind the socket.

    Attributes:
        seed: Of the consultation numbers.
    """

    name = "sandbox-vies"
    limit = 64 * 1024

    def __init__(self, seed: int = 0) -> None:
        self.seed = seed
        self.reset()

    def reset(self) -> None:
        """Begin as if nothing had ever been told or asked."""
        self.ledger = Ledger()
        super().__init__(
            self.ledger, faults=_PLAYED, places=("vies", "test", "hmrc", "token"), seed=self.seed
        )
        self.registry = Registry()
        self.limits = Limits()
        self.authority = Authority(self.registry, self.seed)
        self.hmrc = Hmrc(self.authority)

    def _strike(self, service: str, prefix: str, question: str) -> Blow:
        """Return what befalls a question; of all faults the first that fires."""
        attempt = self.plane.attempt(f"{service}|{question}")
        return self.plane.strike(_PLAYED, attempt, where=service, who=prefix)

    def wsdl(self, here: str, name: str) -> bytes:
        """Return the interface with the address of one of the services.

        Args:
            here: Where this server was asked.
            name: `vies` or `test`.
        """
        path = next(path for path, service in SERVICES.items() if service == name)
        file = resources.files("schemas").joinpath("own", "vies", "checkVatService.wsdl")
        return file.read_bytes().replace(_PUBLISHED, (here + path).encode())

    def envelope(self, name: str, media_type: str, body: bytes) -> Reply:
        """Answer an envelope sent to one of the two services."""
        if media_type.partition(";")[0].strip().lower() != "text/xml":
            return plain(_UNSUPPORTED, b"", XML)
        try:
            ask = soap.read(body)
        except soap.MalformedError as error:
            self._enter(Asked(_stamp(), name, "", "", "", "malformed"))
            return plain(_SERVER_ERROR, soap.fault(str(error), "Client"), XML)
        prefix = ask["countryCode"]
        with self.limits.place(prefix) as refusal:
            blow = self._strike(name, prefix, f"{ask.operation}|{ask.number}")
            time.sleep(blow.seconds)
            if refusal is not None:
                self._enter(_asked(name, ask, refusal, trouble="limit"))
                return plain(_OK, soap.fault(refusal), XML)
            return self._soap(name, ask, blow.rule)

    def _soap(self, name: str, ask: soap.Ask, rule: Rule | None) -> Reply:
        if rule is not None:
            spoken = rule.fault is Fault.PROTOCOL_FAULT
            early = replies.soap_fault(rule) if spoken else instead(rule)
            if early is not None:
                self._enter(_asked(name, ask, rule.word or "", trouble=_name(rule)))
                return early
        answer = self.authority.answer if name == "vies" else self.authority.answer_test
        trouble = _name(rule)
        try:
            verdict = answer(ask)
        except FaultError as error:
            self._enter(_asked(name, ask, str(error), trouble=trouble))
            reply = plain(_OK, soap.fault(str(error)), XML)
            return reply if rule is None else bent(rule, reply)
        outcome = "valid" if verdict.valid else "invalid"
        proof = verdict.consultation_number
        self._enter(_asked(name, ask, outcome, trouble=trouble, proof=proof))
        if rule is not None and (lie := replies.lie(rule, ask, verdict.values)) is not None:
            return lie
        reply = plain(_OK, soap.response(ask.operation, verdict.values), XML)
        return reply if rule is None else bent(rule, reply)

    def token(self, form: bytes) -> Reply:
        """Answer HMRC's token address."""
        blow = self._strike("token", "", "token")
        rule = blow.rule
        time.sleep(blow.seconds)
        early = None if rule is None else instead(rule)
        result = None if early is not None else self.hmrc.token(form)
        outcome = "" if result is None else result.outcome
        self._enter(Asked(_stamp(), "token", "token", "", "", outcome, trouble=_name(rule)))
        return early or _finish(rule, result)

    def lookup(self, path: str, accept: str, authorization: str) -> Reply:
        """Answer HMRC's check."""
        target, _, requester = path.partition("/")
        with self.limits.place("GB") as refusal:
            blow = self._strike("hmrc", "GB", path)
            rule = blow.rule
            time.sleep(blow.seconds)
            early = None if rule is None else replies.hmrc_error(rule) or instead(rule)
            if refusal is not None:
                early = replies.throttled()
            result = None if early else self.hmrc.lookup(path, accept, authorization)
            self._enter(
                Asked(
                    at=_stamp(),
                    service="hmrc",
                    operation="lookup",
                    number=f"GB{target}",
                    requester=f"GB{requester}" if requester else "",
                    outcome="" if result is None else result.outcome,
                    consultation_number="" if result is None else result.consultation_number,
                    trouble="limit" if refusal is not None else _name(rule),
                )
            )
            return early or _finish(rule, result)

    def _enter(self, asked: Asked) -> None:
        self.ledger.enter(asked)


def _stamp() -> str:
    return now().isoformat()


def _name(rule: Rule | None) -> str:
    return "" if rule is None else str(rule.fault)


def _asked(name: str, ask: soap.Ask, outcome: str, *, trouble: str = "", proof: str = "") -> Asked:
    return Asked(
        at=_stamp(),
        service=name,
        operation=ask.operation,
        number=ask.number,
        requester=ask.requester,
        outcome=outcome,
        consultation_number=proof,
        trouble=trouble,
    )


def _finish(rule: Rule | None, result: Result | None) -> Reply:
    """Return HMRC's answer as JSON, and as a fault bends it."""
    if result is None:
        raise ValueError("there is no answer to send")
    body: Mapping[str, object] = result.body
    if rule is not None:
        body = replies.hmrc_lie(rule, result.body)
    reply = plain(result.status, json.dumps(body).encode(), "application/json")
    return reply if rule is None else bent(rule, reply)
