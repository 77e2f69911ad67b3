"""What lists and responders say of the certificates on a way, at a moment in the past or now.

Material may be younger than the moment: a certificate revoked afterwards was good then. Material
made after a certificate ended does not clear it: CAs drop ended certificates from their lists.

All that was handed in is asked, whoever brought it. One authentic word that a certificate was
revoked by the moment outweighs every other: the signer, who sends answers along, would choose.
"""

import datetime
from collections.abc import Callable, Container, Sequence
from typing import Any

from asn1crypto import crl, ocsp
from pyhanko_certvalidator import errors
from pyhanko_certvalidator._state import ValProcState
from pyhanko_certvalidator.path import ValidationPath
from pyhanko_certvalidator.policy_decl import (
    CertRevTrustPolicy,
    FreshnessReqType,
    RevocationCheckingPolicy,
)
from pyhanko_certvalidator.revinfo.archival import OCSPContainer
from pyhanko_certvalidator.revinfo.validate_crl import verify_crl
from pyhanko_certvalidator.revinfo.validate_ocsp import verify_ocsp_response
from pyhanko_certvalidator.util import ConsList

from formats.signatures.certificates import Certificate
from formats.signatures.paths import Path
from formats.signatures.report import Check, Outcome, SubIndication
from formats.signatures.structure import check_structure
from formats.signatures.validation import Verdict, context, run

MAX_BYTES = 8 * 1024 * 1024
"""Of one list or answer; larger ones are not read."""
MAX_PARTS = 1_000_000
MAX_MATERIAL = 64
"""Lists, and answers about certificates of the way, that are looked at."""
MAX_ANSWERS = 256
"""Responses that are read for such answers."""

_LENIENT = CertRevTrustPolicy(
    RevocationCheckingPolicy.from_legacy("soft-fail"), retroactive_revinfo=True
)
"""For those who sign lists and answers: their own revocation is heeded where it is known."""

_OF_ANY_AGE = CertRevTrustPolicy(
    RevocationCheckingPolicy.from_legacy("soft-fail"),
    freshness=datetime.timedelta(days=36_500),
    freshness_req_type=FreshnessReqType.MAX_DIFF_REVOCATION_VALIDATION,
    retroactive_revinfo=True,
)
"""Who was revoked stays so, however old the list is; only that somebody is good grows old."""
_MOMENT = datetime.timedelta(microseconds=1)
"""The library takes an entry of a list for one of later when it has the moment itself."""


def revocation_of(  # noqa: PLR0913 - all of it is needed
    path: Path,
    way: ValidationPath,
    at: datetime.datetime,
    crls: Sequence[bytes],
    ocsps: Sequence[bytes],
    *,
    required: bool,
) -> Verdict:
    """Say which certificates below the anchor were revoked at the moment, and what is not known.

    Args:
        path: The way, judged good.
        way: The same in the library's words.
        at: The moment.
        crls: Lists in DER.
        ocsps: Answers in DER.
        required: Whether not knowing is a failure.
    """
    lists = [one for der in crls[:MAX_MATERIAL] if (one := _list(der)) is not None]
    numbers = {one.parsed.serial_number for one in path.below}
    answers = [one for der in ocsps[:MAX_ANSWERS] for one in _answers(der, numbers)]
    answers = answers[:MAX_MATERIAL]
    unknown: list[str] = []
    for index, certificate in enumerate(path.below, 1):
        asking = _Asking(path, way, at, certificate, index)
        try:
            known = asking.everybody(answers, lists)
        except errors.RevokedError as error:
            detail = f"{certificate.subject} was revoked on {error.revocation_dt:%Y-%m-%d %H:%M}Z."
            return (
                (Check("revocation", Outcome.FAILED, detail),),
                SubIndication.REVOKED_NO_POE,
            )
        if not known:
            unknown.append(f"{certificate.subject}: {asking.why}")
    if not unknown:
        return (Check("revocation", Outcome.PASSED),), None
    detail = f"Not known whether revoked: {'; '.join(unknown)}"
    if required:
        return (Check("revocation", Outcome.FAILED, detail),), SubIndication.TRY_LATER
    return (Check("revocation", Outcome.NOT_JUDGED, detail),), None


_NOTHING = "no list and no answer of a responder was given for it"


class _Asking:
    """The question whether one certificate of a way was revoked.

    Attributes:
        why: Why nothing usable was found so far.
    """

    def __init__(
        self,
        path: Path,
        way: ValidationPath,
        at: datetime.datetime,
        certificate: Certificate,
        index: int,
    ) -> None:
        self.why = _NOTHING
        self._path, self._way, self._at = path, way, at
        self._certificate, self._index = certificate, index

    def everybody(
        self, answers: Sequence[OCSPContainer], lists: Sequence[crl.CertificateList]
    ) -> bool:
        """Ask all answers and all lists; return whether one of them is good and still counts.

        Raises:
            errors.RevokedError: One of them, however old, says revoked by the moment.
        """
        for answer in answers:
            self._answer(answer, _OF_ANY_AGE)
        partial = [one for one in lists if one.delta_crl_indicator_value is not None]
        for one in lists:
            if one.delta_crl_indicator_value is None and not self._usable(one):
                self._lists([one, *partial], _OF_ANY_AGE)
        self.why = _NOTHING
        usable = [one for one in lists if not self._too_late(_made(one))]
        good = [self._answer(one, _LENIENT) for one in answers if self._in_time(one)]
        return self._lists(usable, _LENIENT) or any(good)

    def _answer(self, answer: OCSPContainer, policy: CertRevTrustPolicy) -> bool:
        """Tell whether an answer is authentic and good.

        Raises:
            errors.RevokedError: It is authentic, and says revoked by the moment.
        """
        settings = context(self._path, self._at, policy, ocsps=[answer])
        try:
            run(
                verify_ocsp_response(
                    self._certificate.parsed, self._way, settings, proc_state=self._state()
                )
            )
        except errors.OCSPNoMatchesError:
            return False
        except errors.OCSPValidationIndeterminateError as error:
            if not error.failures and _says_revoked(answer):
                return True  # authentic, and it says: later than the moment
            self._because(error.failures, "the responder does not know it")
            return False
        except errors.OCSPValidationError as error:
            self.why = str(error)
            return False
        return True

    def _lists(self, lists: Sequence[crl.CertificateList], policy: CertRevTrustPolicy) -> bool:
        """Ask lists together: they may cover different reasons, and complete one another.

        Raises:
            errors.RevokedError: One says so.
        """
        if not lists:
            return False
        settings = context(self._path, self._at + _MOMENT, policy, crls=lists)
        try:
            run(
                verify_crl(self._certificate.parsed, self._way, settings, proc_state=self._state())
            )
        except errors.CRLNoMatchesError:
            return False
        except errors.CRLValidationIndeterminateError as error:
            self._because(error.failures, "the lists do not cover it")
            return False
        except errors.CRLValidationError as error:
            self.why = str(error)
            return False
        return True

    def _usable(self, one: crl.CertificateList) -> bool:
        """Tell whether a list still counts, so that it is asked among the others."""
        until = one["tbs_cert_list"]["next_update"].native
        return until is not None and self._at <= until and not self._too_late(_made(one))

    def _in_time(self, answer: OCSPContainer) -> bool:
        return not self._too_late(answer.issuance_date)

    def _because(self, failures: Sequence[Any], otherwise: str) -> None:
        reasons = dict.fromkeys(str(failure[0]) for failure in failures)
        self.why = "; ".join(reasons) or otherwise

    def _too_late(self, made: datetime.datetime | None) -> bool:
        return made is None or made > self._certificate.valid_until

    def _state(self) -> ValProcState:
        return ValProcState(cert_path_stack=ConsList.sing(self._way), init_index=self._index)


def _list(der: bytes) -> crl.CertificateList | None:
    def read() -> crl.CertificateList:
        parsed = crl.CertificateList.load(bytes(der), strict=True)
        _ = (parsed.issuer.hashable, parsed["tbs_cert_list"]["this_update"].native)
        return parsed

    return _read(der, read)


def _says_revoked(answer: OCSPContainer) -> bool:
    single = answer.extract_single_response()
    return single is not None and single["cert_status"].name == "revoked"


def _made(one: crl.CertificateList) -> datetime.datetime | None:
    moment: datetime.datetime | None = one["tbs_cert_list"]["this_update"].native
    return moment


def _answers(der: bytes, numbers: Container[int]) -> list[OCSPContainer]:
    """Return the answers of a response that are about certificates of these serial numbers."""

    def read() -> list[OCSPContainer]:
        parsed = ocsp.OCSPResponse.load(bytes(der), strict=True)
        return [
            one
            for one in OCSPContainer.load_multi(parsed)
            if (single := one.extract_single_response()) is not None
            and single["cert_id"]["serial_number"].native in numbers
        ]

    return _read(der, read) or []


def _read(der: bytes, reader: Callable[[], Any]) -> Any:  # noqa: ANN401 - of two libraries' types
    """Return what the reader makes of it; None when it cannot: that material says nothing."""
    if len(der) > MAX_BYTES:
        return None
    try:
        check_structure(der, MAX_PARTS)
        return reader()
    except Exception:  # noqa: BLE001 - the parser raises many kinds
        return None
