"""One way from an anchor down to a certificate, judged by RFC 5280 section 6.1.

The judgement is pyhanko-certvalidator's; here are the bounds, the list of algorithms, and the
translation of its errors. It is asynchronous because it can fetch; here it never may, so its
coroutines end without ever waiting, and are run by hand: no event loop, no thread.
"""

import datetime
from collections.abc import Coroutine, Sequence
from typing import Any, TypeVar

from asn1crypto import algos, keys, x509
from cryptography.exceptions import InvalidSignature
from pyhanko_certvalidator import errors
from pyhanko_certvalidator.authority import CertTrustAnchor, TrustQualifiers
from pyhanko_certvalidator.context import ValidationContext
from pyhanko_certvalidator.name_trees import process_general_subtrees
from pyhanko_certvalidator.path import ValidationPath
from pyhanko_certvalidator.policy_decl import (
    AlgorithmUsageConstraint,
    AlgorithmUsagePolicy,
    CertRevTrustPolicy,
    PKIXValidationParams,
    RevocationCheckingPolicy,
)
from pyhanko_certvalidator.sig_validate import (
    DEFAULT_VALIDATION_CONTEXT,
    DefaultSignatureValidator,
    SignatureValidationContext,
)
from pyhanko_certvalidator.validate import async_validate_path
from typing_extensions import override

from formats.signatures import algorithms
from formats.signatures.certificates import Certificate
from formats.signatures.paths import Path
from formats.signatures.report import Check, Outcome, SubIndication

Result = TypeVar("Result")
Verdict = tuple[tuple[Check, ...], SubIndication | None]


def judge(
    path: Path,
    at: datetime.datetime,
    crls: Sequence[bytes],
    ocsps: Sequence[bytes],
    mode: str,
) -> Verdict:
    """Judge one way.

    Args:
        path: The way.
        at: The moment.
        crls: Revocation lists in DER.
        ocsps: Answers of responders in DER.
        mode: `ignore`, `if-known` or `require`.
    """
    from formats.signatures.revocation import revocation_of  # noqa: PLC0415 - it needs this module

    way = validation_path(path)
    try:
        _check_anchor(path)
        # with parameters of ours the anchor's limits are merged into the defaults, else they
        # replace them: kinds of names that a constraint does not speak of would be refused
        run(async_validate_path(context(path, at), way, PKIXValidationParams()))
    except errors.NotYetValidError:
        return _out_of_period(path, at, SubIndication.NOT_YET_VALID)
    except errors.ExpiredError:
        return _out_of_period(path, at, SubIndication.OUT_OF_BOUNDS_NO_POE)
    except errors.DisallowedAlgorithmError as error:
        return _failed(error.failure_msg, SubIndication.CRYPTO_CONSTRAINTS_FAILURE)
    except (_AnchorError, errors.ValidationError) as error:
        return _failed(str(error), SubIndication.CHAIN_CONSTRAINTS_FAILURE)
    subjects = [one.subject for one in (path.anchor, *path.below)]
    good = Check("certificate", Outcome.PASSED, " > ".join(dict.fromkeys(subjects)))
    if mode == "ignore":
        return (good, Check("revocation", Outcome.NOT_JUDGED, "Nobody asked for it.")), None
    checks, sub = revocation_of(path, way, at, crls, ocsps, required=mode == "require")
    return (good, *checks), sub


def run(waiting: Coroutine[Any, Any, Result]) -> Result:
    """Run a coroutine that never waits.

    Raises:
        RuntimeError: It waited: it tried to fetch something.
    """
    try:
        waiting.send(None)
    except StopIteration as done:
        result: Result = done.value
        return result
    waiting.close()
    raise RuntimeError("a certificate path cannot be judged without waiting")


def validation_path(path: Path) -> ValidationPath:
    """Say a way in the library's words; the anchor's own limits bind those below it."""
    anchor = CertTrustAnchor(path.anchor.parsed, quals=_limits(path.anchor))
    *between, leaf = [one.parsed for one in path.below] or [None]
    return ValidationPath(anchor, interm=between, leaf=leaf)


def context(
    path: Path,
    at: datetime.datetime,
    policy: CertRevTrustPolicy | None = None,
    crls: Sequence[Any] = (),
    ocsps: Sequence[Any] = (),
) -> ValidationContext:
    """Return what the library needs to know; nothing is ever fetched."""
    quiet = CertRevTrustPolicy(RevocationCheckingPolicy.from_legacy("none"))
    return ValidationContext(
        trust_roots=[CertTrustAnchor(path.anchor.parsed, quals=_limits(path.anchor))],
        other_certs=[one.parsed for one in path.below],
        moment=at,
        allow_fetching=False,
        crls=crls,
        ocsps=ocsps,
        revinfo_policy=policy or quiet,
        time_tolerance=datetime.timedelta(0),
        algorithm_usage_policy=_Believed(),
        signature_validator=_Believing(at),
    )


def _limits(anchor: Certificate) -> TrustQualifiers:
    """Return what an anchor's certificate says of itself: period, length, names.

    RFC 5280 leaves an anchor's own certificate aside; a CA that was given to somebody for some
    names only stays that, even when an operator trusts it directly.
    """
    allowed = excluded = None
    constraints = anchor.parsed.name_constraints_value
    if constraints is not None:
        for name in ("permitted_subtrees", "excluded_subtrees"):
            if isinstance(constraints[name], x509.GeneralSubtrees):
                subtrees = process_general_subtrees(constraints[name])
                allowed, excluded = (subtrees, excluded) if name[0] == "p" else (allowed, subtrees)
    return TrustQualifiers(
        standard_parameters=PKIXValidationParams(
            initial_permitted_subtrees=allowed, initial_excluded_subtrees=excluded
        ),
        max_path_length=anchor.parsed.max_path_length,
        max_aa_path_length=anchor.parsed.max_path_length,
        valid_from=anchor.valid_from,
        valid_until=anchor.valid_until,
    )


class _AnchorError(Exception):
    """An anchor may not issue what is below it."""


def _check_anchor(path: Path) -> None:
    """Check that an anchor may issue what is below it.

    Raises:
        _AnchorError: It may not.
    """
    if not path.below:
        return
    parsed = path.anchor.parsed
    if parsed.basic_constraints_value is not None and not parsed.ca:
        raise _AnchorError(f"{path.anchor.subject} is trusted itself, but is not a CA.")
    usage = parsed.key_usage_value
    if usage is not None and "key_cert_sign" not in usage.native:
        raise _AnchorError(f"{path.anchor.subject} is trusted, but may not sign certificates.")


def _out_of_period(path: Path, at: datetime.datetime, sub: SubIndication) -> Verdict:
    early = sub is SubIndication.NOT_YET_VALID
    for one in (path.anchor, *path.below):
        if early and at < one.valid_from:
            return _failed(f"{one.subject} is valid from {one.valid_from:%Y-%m-%d %H:%M}Z.", sub)
        if not early and at > one.valid_until:
            return _failed(f"{one.subject} expired on {one.valid_until:%Y-%m-%d %H:%M}Z.", sub)
    return _failed("A certificate is not in its period.", sub)


def _failed(detail: str, sub: SubIndication) -> Verdict:
    return (Check("certificate", Outcome.FAILED, detail),), sub


class _Believed(AlgorithmUsagePolicy):
    """Our list of algorithms, in the library's words."""

    @override
    def digest_algorithm_allowed(
        self, algo: algos.DigestAlgorithm, moment: datetime.datetime | None
    ) -> AlgorithmUsageConstraint:
        return _constraint(_digest(algo["algorithm"].native, moment))

    @override
    def signature_algorithm_allowed(
        self,
        algo: algos.SignedDigestAlgorithm,
        moment: datetime.datetime | None,
        public_key: keys.PublicKeyInfo | None,
    ) -> AlgorithmUsageConstraint:
        return _constraint(_signature_problem(algo, moment, public_key))


class _Believing(DefaultSignatureValidator):
    """Checks signatures of certificates, lists and answers by believed algorithms only."""

    def __init__(self, at: datetime.datetime) -> None:
        self._at = at

    @override
    def validate_signature(
        self,
        signature: bytes,
        signed_data: bytes,
        public_key_info: keys.PublicKeyInfo,
        signature_algorithm: algos.SignedDigestAlgorithm,
        context: SignatureValidationContext = DEFAULT_VALIDATION_CONTEXT,
    ) -> None:
        if _signature_problem(signature_algorithm, self._at, public_key_info) is not None:
            raise InvalidSignature
        try:
            super().validate_signature(
                signature, signed_data, public_key_info, signature_algorithm, context
            )
        except InvalidSignature:
            raise
        except Exception as error:  # the library asserts that key and algorithm fit
            raise InvalidSignature from error


def _constraint(problem: str | None) -> AlgorithmUsageConstraint:
    return AlgorithmUsageConstraint(problem is None, failure_reason=problem)


def _digest(name: str, moment: datetime.datetime | None) -> str | None:
    return algorithms.digest_problem(name, moment or algorithms.FOREVER)


def _signature_problem(
    algorithm: algos.SignedDigestAlgorithm,
    moment: datetime.datetime | None,
    key: keys.PublicKeyInfo | None,
) -> str | None:
    name = algorithm.signature_algo
    if name not in {"rsassa_pkcs1v15", "rsassa_pss", "ecdsa", "ed25519"}:
        return f"{name} is not among the algorithms that are believed"
    problem = None if name == "ed25519" else _digest(algorithm.hash_algo, moment)
    if problem is None and key is not None:
        read = algorithms.public_key(key.dump())
        if read is None:
            return "the issuer's key cannot be read"
        problem = algorithms.key_problem(read, moment or algorithms.FOREVER)
    return problem
