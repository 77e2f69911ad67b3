"""HTTP for verifying signatures: nothing is stored, and nothing is fetched over a network.

The work is CPU-bound, so this is a plain function: it runs in the thread pool, not on the loop.
"""

import base64
import binascii
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response

from formats.signatures.trust import Revocations, Terms, TrustStore
from formats.signatures.verification import verify
from gateway.kit import clock
from gateway.kit.database import Database
from gateway.kit.json_body import JsonContent, parse_json, to_json, validated
from gateway.openapi import takes
from gateway.problems import RequestInvalidProblem
from gateway.signatures.schemas import TrustInput, VerificationInput, VerificationView
from gateway.signatures.trust import NoCertificateError, store_of
from gateway.signatures.views import report_json
from gateway.signing import stores
from gateway.tenants.access import CallerDependency, doors
from gateway.tenants.callers import Caller

router = APIRouter(prefix="/v1/signatures", tags=["Signatures"])


@router.post(
    "/verify",
    response_model=VerificationView,
    openapi_extra=takes(VerificationInput),
    summary="Verify signatures",
)
def verify_signatures(
    request: Request, caller: CallerDependency, content: JsonContent
) -> Response:
    """Verify every signature of a file, and tell what exactly is signed and what is not.

    The answer is 200 whatever the signatures are worth; `indication` says that, in the words of
    ETSI EN 319 102-1. Without `trust` nobody is trusted and nothing is TOTAL-PASSED. No network
    is used: certificates, lists and answers that matter are sent along, or stand in a trust store
    of this installation that `trust` names.
    """
    given = validated(VerificationInput, parse_json(content))
    data = _bytes("/content", given.content)
    files = {name: _bytes(f"/files/{name}", text) for name, text in given.files.items()}
    find = _Finder(doors(request).database, caller)
    terms = Terms(
        store=find("/trust", given.trust),
        at=given.at or clock.now(),
        revocations=Revocations(
            tuple(_bytes(f"/crls/{index}", text) for index, text in enumerate(given.crls)),
            tuple(_bytes(f"/ocsps/{index}", text) for index, text in enumerate(given.ocsps)),
        ),
        revocation=given.revocation,
        stamps=find("/stamps", given.stamps),
    )
    answer = report_json(verify(data, terms, files=files), terms)
    return Response(to_json(answer), media_type="application/json")


def _bytes(pointer: str, text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        message = "is not base64"
        raise RequestInvalidProblem([{"pointer": pointer, "message": message}]) from None


@dataclass(frozen=True, slots=True)
class _Finder:
    """Finds whom to believe."""

    database: Database
    caller: Caller

    def __call__(self, pointer: str, given: TrustInput | None) -> TrustStore | None:
        if given is None:
            return None
        if given.store is not None:
            return self._kept(f"{pointer}/store", given.store)
        try:
            return store_of(given.name, (text.encode() for text in given.certificates or ()))
        except NoCertificateError as error:
            place = f"{pointer}/certificates"
            raise RequestInvalidProblem([{"pointer": place, "message": str(error)}]) from None

    def _kept(self, pointer: str, name: str) -> TrustStore:
        with self.database.transaction(self.caller.tenant(), read_only=True) as tx:
            found = stores.store(tx, name)
        if found is None:
            message = "names no trust store of this installation"
            raise RequestInvalidProblem([{"pointer": pointer, "message": message}])
        return found
