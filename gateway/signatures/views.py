"""What is told of signatures, in JSON and in words."""

import hashlib
from typing import Any

from formats.signatures.report import Indication, Outcome, Signature
from formats.signatures.trust import Terms
from formats.signatures.verification import Coverage, Verification

Json = dict[str, Any]


def report_json(verification: Verification, terms: Terms) -> Json:
    """Return a report as the API tells it."""
    report = verification.report
    return {
        "object": "signature_report",
        "kind": verification.kind.value,
        "at": terms.at.isoformat(),
        "trust": None if terms.store is None else terms.store.name,
        "indication": report.indication.value,
        "coverage": verification.coverage.value,
        "statement": statement(verification, terms),
        "signatures": [_signature(one) for one in report.signatures],
        "unsigned": [{"name": one.name, "detail": one.detail} for one in verification.unsigned],
    }


def statement(verification: Verification, terms: Terms) -> str:
    """Say in a sentence or two what the report comes to."""
    signatures = verification.report.signatures
    if not signatures:
        return "Nothing is signed."
    if terms.store is None:
        hold = sum(bool(one.signed) for one in signatures)
        return (
            f"{hold} of {len(signatures)} signatures hold mathematically. No trust store was"
            " given, so nobody is trusted, and no signature can be TOTAL-PASSED."
        )
    passed = sum(one.passed for one in signatures)
    text = f"{passed} of {len(signatures)} signatures passed."
    if verification.unsigned and verification.report.indication is Indication.TOTAL_PASSED:
        text += " Not everything is signed: see `unsigned`."
    return text


def _signature(one: Signature) -> Json:
    return {
        "format": one.format,
        "indication": one.indication.value,
        "sub_indication": None if one.sub_indication is None else one.sub_indication.value,
        "subject": one.subject,
        "certificate_sha256": (
            None if one.certificate is None else hashlib.sha256(one.certificate).hexdigest()
        ),
        "algorithm": one.algorithm,
        "claimed_at": None if one.claimed_at is None else one.claimed_at.isoformat(),
        "proven_at": None if one.proven_at is None else one.proven_at.isoformat(),
        "signed": [
            {
                "name": part.name,
                "bytes": len(part.content),
                "sha256": hashlib.sha256(part.content).hexdigest(),
                "digest_algorithm": part.digest_algorithm,
            }
            for part in one.signed
        ],
        "checks": [
            {"id": check.id, "outcome": check.outcome.value, "detail": check.detail}
            for check in one.checks
        ],
    }


def lines(verification: Verification, terms: Terms) -> list[str]:
    """Return a report for people; what a file says cannot steer their terminal."""
    partly = "PARTLY SIGNED, " if verification.coverage is Coverage.PART else ""
    word = verification.report.indication.value
    said = [f"{partly}{word}: {statement(verification, terms)}"]
    for number, one in enumerate(verification.report.signatures, 1):
        sub = f" ({one.sub_indication.value})" if one.sub_indication is not None else ""
        said.append(f"{number}. {one.format}: {one.indication.value}{sub}")
        said.append(f"   by {one.subject or 'nobody that is named'}")
        if one.claimed_at is not None:
            said.append(f"   says it was signed on {one.claimed_at:%Y-%m-%d %H:%M:%S %Z}")
        if one.proven_at is not None:
            said.append(f"   existed on {one.proven_at:%Y-%m-%d %H:%M:%S %Z}, by a time stamp")
        said += [
            f"   signed: {part.name or 'the document'} ({len(part.content)} bytes)"
            for part in one.signed
        ]
        said += [
            f"   {check.id}: {check.outcome.value.replace('_', ' ')}: {check.detail}"
            for check in one.checks
            if check.outcome is not Outcome.PASSED
        ]
    said += [f"not signed: {one.name}: {one.detail}" for one in verification.unsigned]
    return ["".join(map(_shown, line)) for line in said]


def _shown(sign: str) -> str:
    return sign if sign.isprintable() else f"\\u{ord(sign):04x}"
