"""Keys and certificates as the API shows them: nothing here knows a private key."""

import datetime
import ssl
from collections.abc import Sequence
from typing import Any

from asn1crypto import pem

from gateway.kit.clock import written
from gateway.kit.ids import public_id
from gateway.kit.tenancy import Environment
from gateway.signing.repository import CertificateRow, KeyRow


def status_of(row: KeyRow, certificates: Sequence[CertificateRow], now: datetime.datetime) -> str:
    """Say in one word whether a key signs now, and why not."""
    good = [one for one in certificates if one.revoked_at is None]
    early = bool(good) and not any(one.covers(now) for one in good)
    words = {
        "revoked": row.revoked_at is not None or bool(certificates and not good),
        "retired": row.retired_at is not None and row.retired_at <= now,
        "replaced": row.active_until is not None and row.active_until <= now,
        "waiting": not good and not row.bare,
        "expired": bool(good) and all(one.not_after < now for one in good),
        "upcoming": now < row.active_from or early,
    }
    return next((word for word, is_so in words.items() if is_so), "active")


def key_json(
    row: KeyRow,
    certificates: Sequence[CertificateRow],
    environment: Environment,
    now: datetime.datetime,
) -> dict[str, Any]:
    """Return a key as JSON (`SigningKeyView`)."""
    return {
        "id": public_id("sgk", row.id),
        "object": "signing_key",
        "entity_id": public_id("ent", row.entity_id),
        "environment": environment,
        "name": row.name,
        "origin": row.origin,
        "kind": row.kind,
        "purposes": list(row.purposes),
        "status": status_of(row, certificates, now),
        "bare": row.bare,
        "public_key": pem.armor("PUBLIC KEY", row.public_key).decode(),
        "active_from": written(row.active_from),
        "active_until": row.active_until and written(row.active_until),
        "kept_until": row.kept_until and written(row.kept_until),
        "successor_id": row.successor_id and public_id("sgk", row.successor_id),
        "retired_at": row.retired_at and written(row.retired_at),
        "revoked_at": row.revoked_at and written(row.revoked_at),
        "revocation_reason": row.revocation_reason,
        "certificates": [certificate_json(one, now) for one in certificates],
        "metadata": dict(row.metadata),
        "created_at": written(row.created_at),
        "updated_at": written(row.updated_at),
    }


def certificate_json(row: CertificateRow, now: datetime.datetime) -> dict[str, Any]:
    """Return a certificate as JSON (`CertificateView`)."""
    return {
        "id": public_id("crt", row.id),
        "object": "certificate",
        "entity_id": public_id("ent", row.entity_id),
        "signing_key_id": public_id("sgk", row.key_id),
        "status": _certificate_status(row, now),
        "subject": row.subject,
        "issuer": row.issuer,
        "serial_number": row.serial_number,
        "fingerprint": row.fingerprint.hex(),
        "not_before": written(row.not_before),
        "not_after": written(row.not_after),
        "days_left": (row.not_after - now) // datetime.timedelta(days=1),
        "revocation": _revocation(row, now),
        "certificate": ssl.DER_cert_to_PEM_cert(row.certificate),
        "chain": [ssl.DER_cert_to_PEM_cert(one) for one in row.chain],
        "created_at": written(row.created_at),
    }


def _certificate_status(row: CertificateRow, now: datetime.datetime) -> str:
    if row.revoked_at is not None:
        return "revoked"
    if row.not_after < now:
        return "expired"
    return "not_yet_valid" if now < row.not_before else "valid"


def _revocation(row: CertificateRow, now: datetime.datetime) -> dict[str, Any]:
    """Tell what is known; what was good once is unknown when the answer holds no longer."""
    known = row.revocation_detail
    status, ends = row.revocation, known.get("next_update")
    if status == "good" and ends is not None and datetime.datetime.fromisoformat(ends) < now:
        status = "unknown"
    checked = known.get("checked_at")
    age = None
    if checked is not None:
        age = int((now - datetime.datetime.fromisoformat(checked)).total_seconds())
    return {
        "status": status,
        "source": known.get("source"),
        "checked_at": checked,
        "age_seconds": age,
        "this_update": known.get("this_update"),
        "next_update": known.get("next_update"),
        "detail": known.get("detail"),
    }
