"""What VIES and HMRC answer when a fault makes them say something else."""

import json
from collections.abc import Mapping
from typing import Any

from gateway.sandbox.kit.faults import Fault, Rule
from gateway.sandbox.kit.replies import JSON, MEGABYTES, Reply, plain, waiting
from gateway.sandbox.vies import soap
from gateway.sandbox.vies.soap import Ask

XML = "text/xml; charset=UTF-8"
_DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE env [<!ENTITY no "false">]>'


def soap_fault(rule: Rule) -> Reply:
    """Return the SOAP fault that a rule wants."""
    words = rule.word if rule.word is not None else "SERVICE_UNAVAILABLE"
    return plain(rule.status or 200, soap.fault(words), XML)


def lie(rule: Rule, ask: Ask, values: Mapping[str, str | None]) -> Reply | None:
    """Return an answer in SOAP that must not be believed; None when the fault is none of those.

    Args:
        rule: The fault.
        ask: What was asked.
        values: The elements of the true answer.
    """
    no: dict[str, str | None] = {**values, "valid": "false"}
    operation = ask.operation
    match rule.fault:
        case Fault.WRONG_NUMBER:
            no["vatNumber"] = ask["vatNumber"][::-1] + "0"
        case Fault.WRONG_COUNTRY:
            no["countryCode"] = "FR" if ask["countryCode"] == "LU" else "LU"
        case Fault.OTHER_OPERATION:
            operation = "checkVat" if operation == "checkVatApprox" else "checkVatApprox"
        case Fault.NO_RESULT:
            no["valid"] = None
        case Fault.UNCLEAR_RESULT:
            no["valid"] = "perhaps" if rule.word is None else rule.word
        case Fault.HUGE:
            name = "name" if operation == "checkVat" else "traderName"
            no[name] = "x" * (MEGABYTES << 20)
        case Fault.DOCTYPE:
            content = soap.response(operation, {**no, "valid": "NO"})
            return plain(200, _DOCTYPE + content.replace(b">NO<", b">&no;<"), XML)
        case _:
            return None
    return plain(200, soap.response(operation, no), XML)


_HMRC_CODES = {
    429: "MESSAGE_THROTTLED_OUT",
    500: "INTERNAL_SERVER_ERROR",
    503: "SCHEDULED_MAINTENANCE",
    504: "GATEWAY_TIMEOUT",
}


def hmrc_error(rule: Rule) -> Reply | None:
    """Return an error of HMRC's platform in JSON; None when the fault is another one."""
    if rule.fault not in {Fault.HTTP_ERROR_BEFORE_ACCEPT, Fault.PROTOCOL_FAULT}:
        return None
    status = rule.status or 503
    code = rule.word or _HMRC_CODES.get(status, "SERVER_ERROR")
    reply = plain(status, json.dumps({"code": code, "message": code}), JSON)
    return waiting(reply, rule)


def throttled() -> Reply:
    """Return HMRC's answer to too many questions at a time."""
    rule = Rule(Fault.HTTP_ERROR_BEFORE_ACCEPT, nth=1, status=429, seconds=1)
    return hmrc_error(rule) or plain(429, b"", "")


def hmrc_lie(rule: Rule, body: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return HMRC's answer as it must not be believed, where the fault is of that kind."""
    target = body.get("target")
    if target is None:
        return body
    match rule.fault:
        case Fault.WRONG_NUMBER:
            return {**body, "target": {**target, "vatNumber": target["vatNumber"][::-1]}}
        case Fault.NO_RESULT:
            return {name: value for name, value in body.items() if name != "target"}
        case Fault.UNCLEAR_RESULT:
            return {**body, "target": {**target, "vatNumber": None}}
        case _:
            return body
