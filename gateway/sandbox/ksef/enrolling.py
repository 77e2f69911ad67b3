"""KSeF certificates: asked for by whoever logged in with a signature, kept, listed, revoked."""

import base64
import binascii
import datetime
import secrets

from cryptography import x509
from cryptography.hazmat.primitives import serialization

from gateway.sandbox.kit.ca import RequestError
from gateway.sandbox.kit.certificates import Use
from gateway.sandbox.kit.replies import Reply
from gateway.sandbox.ksef.ask import Ask
from gateway.sandbox.ksef.forms import answered, written
from gateway.sandbox.ksef.limits import subject_limits
from gateway.sandbox.ksef.shelf import Json

_STATES = {"Active", "Revoked"}
_NAMES = {
    "2.5.4.3": "commonName",
    "2.5.4.6": "countryName",
    "2.5.4.42": "givenName",
    "2.5.4.4": "surname",
    "2.5.4.5": "serialNumber",
    "2.5.4.45": "uniqueIdentifier",
    "2.5.4.10": "organizationName",
    "2.5.4.97": "organizationIdentifier",
}
_SHORT = {"CN": "commonName", "C": "countryName", "O": "organizationName"}


def _own(ask: Ask, kind: str) -> list[Json]:
    owner = ask.who["subject"]
    return [one for one in ask.office.shelf.all(kind) if one["owner"] == owner]


def _limits(ask: Ask) -> Reply:
    most = subject_limits(ask)
    numbers = {
        "enrollment": (len(_own(ask, "enrolment")), most["enrollment"]["maxEnrollments"]),
        "certificate": (_active(ask), most["certificate"]["maxCertificates"]),
    }
    left = {name: max(limit - used, 0) for name, (used, limit) in numbers.items()}
    said = {name: {"remaining": left[name], "limit": numbers[name][1]} for name in numbers}
    return answered({"canRequest": all(left.values()), **said})


def _active(ask: Ask) -> int:
    return len([one for one in _own(ask, "certificate") if one["status"] == "Active"])


def _data(ask: Ask) -> Reply:
    return answered(_asked(ask))


def _asked(ask: Ask) -> Json:
    """Return what a request must say, as the certificate of the login does."""
    names: Json = ask.who.get("names") or {}
    ask.must("K707", kept=bool(names))
    known = {_NAMES.get(name) or _SHORT.get(name): value for name, value in names.items()}
    return {
        "commonName": known.get("commonName", "KSeF"),
        "countryName": known.get("countryName", "PL"),
        **{name: value for name, value in known.items() if name},
    }


def _enrol(ask: Ask) -> Reply:
    said = ask.body("certificateName", "certificateType", "csr")
    ask.must("K001", kept=said["certificateType"] in {"Authentication", "Offline"})
    wanted = _asked(ask)
    limit = subject_limits(ask)["certificate"]["maxCertificates"]
    ask.must("K703", kept=_active(ask) < limit)
    try:
        request = base64.b64decode(str(said["csr"]), validate=True)
        asked = x509.load_der_x509_csr(request)
        made = ask.office.ca.issue_for(request, Use.SIGNATURE, serial=secrets.randbits(60) + 1)
    except (ValueError, binascii.Error, RequestError) as error:
        raise ask.office.rulebook.broken("K702", str(error)[:200], 400) from error
    ask.must("K702", kept=True)
    told = {_NAMES.get(one.oid.dotted_string): str(one.value) for one in asked.subject}
    ask.must("K701", kept=all(told.get(name) == value for name, value in wanted.items()))
    serial = f"{made.serial_number:016X}"  # KSeF's own certificates have 16 digits
    reference = ask.office.number("EH", ask.now)
    der = made.public_bytes(serialization.Encoding.DER)
    certificate = {
        "serial": serial,
        "own": f"{made.serial_number:x}",
        "owner": ask.who["subject"],
        "context": ask.context,
        "name": said["certificateName"],
        "type": said["certificateType"],
        "commonName": wanted["commonName"],
        "status": "Active",
        "from": written(made.not_valid_before_utc),
        "to": written(made.not_valid_after_utc),
        "asked": written(ask.now),
        "der": base64.b64encode(der).decode(),
    }
    ask.office.shelf.put("certificate", serial, certificate, ask.context)
    enrolment = {"owner": ask.who["subject"], "at": written(ask.now), "serial": serial}
    ask.office.shelf.put("enrolment", reference, enrolment, ask.context)
    return answered({"referenceNumber": reference, "timestamp": written(ask.now)}, 202)


def _enrolment(ask: Ask) -> Reply:
    name = ask.values["referenceNumber"]
    found = ask.office.shelf.get("enrolment", name)
    ask.must("K706", kept=found is not None and found["owner"] == ask.who["subject"])
    assert found is not None  # noqa: S101 - the rule was kept
    status = {"code": 200, "description": "Wniosek obsłużony (certyfikat wygenerowany)"}
    return answered(
        {
            "requestDate": found["at"],
            "status": status,
            "certificateSerialNumber": found["serial"],
        }
    )


def _retrieve(ask: Ask) -> Reply:
    wanted = ask.body("certificateSerialNumbers")["certificateSerialNumbers"]
    ask.must("K001", kept=0 < len(wanted) <= 10, details="certificateSerialNumbers")  # noqa: PLR2004 - OpenAPI's
    listed = [
        {
            "certificate": one["der"],
            "certificateName": one["name"],
            "certificateSerialNumber": one["serial"],
            "certificateType": one["type"],
        }
        for one in _own(ask, "certificate")
        if one["serial"] in wanted
    ]
    return answered({"certificates": listed})


def _query(ask: Ask) -> Reply:
    said = ask.body()
    filters = {"certificateSerialNumber": "serial", "type": "type", "status": "status"}
    known = [
        one
        for one in _own(ask, "certificate")
        if all(said.get(name) in {None, one[member]} for name, member in filters.items())
        and str(said.get("name") or "") in one["name"]
    ]
    page = ask.offset(known, 10, 10, 50)
    kind, value = ask.who["subject"]
    listed = [
        {
            "certificateSerialNumber": one["serial"],
            "name": one["name"],
            "type": one["type"],
            "commonName": one["commonName"],
            "status": one["status"],
            "subjectIdentifier": {"type": kind, "value": value},
            "validFrom": one["from"],
            "validTo": one["to"],
            "requestDate": one["asked"],
        }
        for one in page
    ]
    more = (int(ask.query("pageOffset", "0")) + 1) * ask.size(10, 10, 50) < len(known)
    return answered({"certificates": listed, "hasMore": more})


def _revoke(ask: Ask) -> Reply:
    serial = ask.values["certificateSerialNumber"]
    found = ask.office.shelf.get("certificate", serial)
    ask.must("K704", kept=found is not None and found["owner"] == ask.who["subject"])
    assert found is not None  # noqa: S101 - the rule was kept
    ask.must("K705", kept=found["status"] == "Active")
    ask.office.ca.revoke(found["own"])
    ask.office.shelf.change("certificate", serial, status="Revoked")
    return answered(status=204)


def valid(certificate: Json, now: datetime.datetime) -> bool:
    """Tell whether a certificate of ours is in force."""
    until = datetime.datetime.fromisoformat(certificate["to"])
    return bool(certificate["status"] == "Active" and now <= until)


HANDLERS = {
    "certificate_limits": _limits,
    "enrolment_data": _data,
    "enrol": _enrol,
    "enrolment": _enrolment,
    "retrieve_certificates": _retrieve,
    "query_certificates": _query,
    "revoke_certificate": _revoke,
}
