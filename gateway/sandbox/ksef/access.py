"""Logging in: challenge, signature or KSeF token, status; and whose token a call carries."""

import base64
import datetime
import hashlib
from typing import Any

from gateway.sandbox.kit.replies import Reply
from gateway.sandbox.ksef import bearer, granted, identity
from gateway.sandbox.ksef.ask import Ask
from gateway.sandbox.ksef.ciphers import CipherError, key_id, unwrapped
from gateway.sandbox.ksef.forms import answered, written
from gateway.sandbox.ksef.shelf import Json

_CHALLENGE = datetime.timedelta(minutes=10)
_AUTH = datetime.timedelta(hours=1)
_ACCESS = datetime.timedelta(minutes=15)
_REFRESH = datetime.timedelta(days=7)
_SPACES = tuple(f"{{http://ksef.mf.gov.pl/auth/token/{one}}}" for one in ("2.0", "2.1"))
_KINDS = ("Nip", "InternalId", "NipVatUe", "PeppolId")
_GOOD, _DENIED, _ENDED, _TOKEN, _CERTIFICATE, _BLOCKED = 200, 415, 425, 450, 460, 480
_SAYS = {
    _GOOD: "Uwierzytelnianie zakończone sukcesem",
    _DENIED: "Uwierzytelnianie zakończone niepowodzeniem",
    _ENDED: "Uwierzytelnienie unieważnione",
    _TOKEN: "Uwierzytelnianie zakończone niepowodzeniem z powodu błędnego tokenu",
    _CERTIFICATE: "Uwierzytelnianie zakończone niepowodzeniem z powodu błędu certyfikatu",
    _BLOCKED: "Uwierzytelnienie zablokowane",
}


def login_of(ask: Ask, use: str) -> Json:
    """Return the login whose token a call carries.

    Raises:
        RuleBrokenError: It carries none that is good for this.
    """
    said = ask.call.headers.get("authorization", "")
    name = bearer.read(ask.office.secret, said.removeprefix("Bearer "), use, ask.now)
    found = ask.office.shelf.get("login", name) if name else None
    good = found is not None and (use != "access" or found["status"]["code"] == _GOOD)
    ask.must("K003", kept=good, details="Wymagane jest uwierzytelnienie.")
    assert found is not None  # noqa: S101 - the rule was kept
    return found


def permissions(ask: Ask) -> set[str]:
    """Return what whoever calls may do in the context of the login."""
    who = ask.who
    had = granted.permissions(ask.office, who["context"], tuple(who["subject"]))
    token = who.get("token")
    if token is None:
        return had
    known = ask.office.shelf.get("token", token) or {}
    return had & set(known.get("requestedPermissions", ()))


def _challenge(ask: Ask) -> Reply:
    number = ask.office.number("CR", ask.now)
    milliseconds = int(ask.now.timestamp() * 1000)
    ask.office.shelf.put("challenge", number, {"at": milliseconds})
    return answered(
        {
            "challenge": number,
            "timestamp": written(ask.now),
            "timestampMs": milliseconds,
            "clientIp": "127.0.0.1",
        }
    )


def _answered(ask: Ask, challenge: str) -> int:
    """Use up a challenge and return its moment in milliseconds."""
    held = ask.office.shelf.get("challenge", challenge)
    age = None if held is None else ask.now.timestamp() - held["at"] / 1000
    ask.must("K102", kept=age is not None and age <= _CHALLENGE.total_seconds())
    ask.office.shelf.drop("challenge", challenge)
    assert held is not None  # noqa: S101 - the rule was kept
    return int(held["at"])


def _xades(ask: Ask) -> Reply:
    content = ask.call.body
    try:
        root = identity.parsed(content)
    except ValueError as error:
        raise ask.office.rulebook.broken("K101", str(error)[:200], 400) from error
    said = _request(ask, root)
    _answered(ask, said["challenge"])
    try:
        certificate = identity.signer(content, root)
    except identity.NotSignedError as error:
        raise ask.office.rulebook.broken(error.rule, str(error), 400) from error
    ask.must("K105", kept=True)
    chained = ask.query("verifyCertificateChain") == "true"
    wrong = identity.wrong_with(certificate, ask.office.ca, ask.now, chained=chained)
    ask.office.rulebook.judged("K110", kept=wrong is None)
    subject = None
    if said["by"] == "certificateSubject":
        subject = identity.subject_of(certificate)
    subject = subject or ("Fingerprint", identity.fingerprint(certificate))
    code, details = (_CERTIFICATE, wrong) if wrong else _allowed(ask, said["context"], subject)
    names = {one.rfc4514_attribute_name: str(one.value) for one in certificate.subject}
    return _begun(
        ask,
        said["context"],
        subject,
        ("QualifiedSeal" if "2.5.4.97" in names else "QualifiedSignature", "XadesSignature"),
        (code, details),
        document=base64.b64encode(hashlib.sha256(content).digest()).decode(),
        names=names,
    )


def _request(ask: Ask, root: Any) -> dict[str, str]:  # noqa: ANN401 - an element
    """Read an AuthTokenRequest, 2.0 or 2.1."""
    space = next((one for one in _SPACES if root.tag == f"{one}AuthTokenRequest"), None)
    held = root.find(f"{space}ContextIdentifier") if space else None
    kind = held[0].tag.removeprefix(space or "") if held is not None and len(held) == 1 else ""
    value = "" if held is None or not len(held) else (held[0].text or "").strip()
    by = root.findtext(f"{space}SubjectIdentifierType") if space else None
    challenge = root.findtext(f"{space}Challenge") if space else None
    good = kind in _KINDS and by in {"certificateSubject", "certificateFingerprint"}
    ask.must("K106", kept=bool(good and challenge), details="AuthTokenRequest")
    return {
        "challenge": str(challenge).strip(),
        "context": f"{kind}:{value}",
        "by": str(by),
    }


def _ksef_token(ask: Ask) -> Reply:
    said = ask.body("challenge", "contextIdentifier", "encryptedToken")
    at = _answered(ask, str(said["challenge"]))
    whose = said["contextIdentifier"]
    context = f"{whose.get('type')}:{whose.get('value')}"
    try:
        plain = unwrapped(ask, said["encryptedToken"], "KsefTokenEncryption", said).decode()
    except (CipherError, UnicodeDecodeError):
        plain = ""
    token, _, moment = plain.rpartition("|")
    digest = hashlib.sha256(token.encode()).hexdigest()
    all_ = ask.office.shelf.all("token", context)
    known = next((one for one in all_ if one["digest"] == digest), None)
    wrong = None
    if known is None:
        wrong = "Nieprawidłowy token"
    elif moment != str(at):
        wrong = "Nieprawidłowy czas tokena"
    elif granted.token_status(known, ask.now) != "Active":
        wrong = "Token unieważniony"
    ask.office.rulebook.judged("K112", kept=wrong is None)
    if known is None or wrong:
        subject, outcome = ("Nip", str(whose.get("value"))), (_TOKEN, wrong)
        return _begun(ask, context, subject, ("Token", "Token"), outcome)
    subject = tuple(known["author"])
    outcome = _allowed(ask, context, subject)
    return _begun(
        ask, context, subject, ("Token", "Token"), outcome, token=known["referenceNumber"]
    )


def _allowed(ask: Ask, context: str, subject: identity.Subject) -> tuple[int, str | None]:
    blocked = ask.office.shelf.get("blocked", context) is not None
    if not ask.office.rulebook.judged("K113", kept=not blocked):
        return _BLOCKED, "Podejrzenie incydentu bezpieczeństwa."
    had = granted.permissions(ask.office, context, subject)
    if not ask.office.rulebook.judged("K111", kept=bool(had)):
        return _DENIED, "Brak przypisanych uprawnień"
    return _GOOD, None


def _begun(
    ask: Ask,
    context: str,
    subject: identity.Subject,
    method: tuple[str, str],
    outcome: tuple[int, str | None],
    **more: object,
) -> Reply:
    reference = ask.office.number("AU", ask.now)
    code, details = outcome
    status = {"code": code, "description": _SAYS[code]}
    login = {
        "reference": reference,
        "context": context,
        "subject": list(subject),
        "method": list(method),
        "status": status if details is None else {**status, "details": [details]},
        "at": written(ask.now),
        "redeemed": False,
        **more,
    }
    ask.office.shelf.put("login", reference, login, context)
    token = _token(ask, "auth", reference, _AUTH)
    return answered({"referenceNumber": reference, "authenticationToken": token}, 202)


def _token(ask: Ask, use: str, reference: str, lifetime: datetime.timedelta) -> Json:
    until = ask.now + lifetime
    made = bearer.made(ask.office.secret, use, reference, until)
    return {"token": made, "validUntil": written(until)}


def _described(login: Json) -> Json:
    method, category = login["method"]
    return {
        "startDate": login["at"],
        "authenticationMethod": method,
        "authenticationMethodInfo": {
            "category": category,
            "code": method.lower(),
            "displayName": method,
        },
        "status": login["status"],
        "isTokenRedeemed": login["redeemed"],
    }


def _status(ask: Ask) -> Reply:
    same = ask.who["reference"] == ask.values["referenceNumber"]
    ask.must("K108", kept=same, details=ask.values["referenceNumber"])
    return answered(_described(ask.who))


def _redeem(ask: Ask) -> Reply:
    login = ask.who
    ready = not login["redeemed"] and login["status"]["code"] == _GOOD
    why = "zostały już pobrane" if login["redeemed"] else "Status nie pozwala"
    ask.must("K109", kept=ready, details=f"Tokeny dla operacji {login['reference']}: {why}")
    ask.office.shelf.change("login", login["reference"], redeemed=True)
    return answered(
        {
            "accessToken": _token(ask, "access", login["reference"], _ACCESS),
            "refreshToken": _token(ask, "refresh", login["reference"], _REFRESH),
        }
    )


def _refresh(ask: Ask) -> Reply:
    login = ask.who
    token = ask.office.shelf.get("token", login["token"]) if login.get("token") else None
    gone = token is not None and token["status"] != "Active"
    ready = login["status"]["code"] == _GOOD and not gone
    ask.must("K109", kept=ready, details="Status nie pozwala na odświeżenie tokenu dostępowego.")
    return answered({"accessToken": _token(ask, "access", login["reference"], _ACCESS)})


def _logins(ask: Ask) -> Reply:
    known = [
        one
        for one in reversed(ask.office.shelf.all("login", ask.context))
        if one["redeemed"]
        and one["status"]["code"] == _GOOD
        and one["subject"] == ask.who["subject"]
    ]
    page, following = ask.paged(known, 10, 100)
    items = [
        {
            **_described(one),
            "referenceNumber": one["reference"],
            "isCurrent": one["reference"] == ask.who["reference"],
        }
        for one in page
    ]
    return answered({"continuationToken": following, "items": items})


def _end(ask: Ask, reference: str) -> Reply:
    known = ask.office.shelf.get("login", reference)
    good = known is not None and known["context"] == ask.context
    ask.must("K001", kept=good, details=f"referenceNumber {reference}")
    ended = {"code": _ENDED, "description": _SAYS[_ENDED]}
    ask.office.shelf.change("login", reference, status=ended)
    return answered(status=204)


def _public_keys(ask: Ask) -> Reply:
    listed = []
    for usage, pair in ask.office.keys.items():
        certificate = pair.certificate
        info = key_id(pair)
        listed.append(
            {
                "certificate": base64.b64encode(pair.der).decode(),
                "certificateId": base64.b64encode(hashlib.sha256(pair.der).digest()).decode(),
                "publicKeyId": info,
                "validFrom": written(certificate.not_valid_before_utc),
                "validTo": written(certificate.not_valid_after_utc),
                "usage": [usage],
            }
        )
    return answered(listed)


HANDLERS = {
    "challenge": _challenge,
    "xades": _xades,
    "ksef_token": _ksef_token,
    "login_status": _status,
    "redeem": _redeem,
    "refresh": _refresh,
    "logins": _logins,
    "end_own_login": lambda ask: _end(ask, ask.who["reference"]),
    "end_login": lambda ask: _end(ask, ask.values["referenceNumber"]),
    "public_keys": _public_keys,
}
