"""HTTP for explanations: a pure function of the body. Nothing is stored, and any key may call it.

The work is CPU-bound, so this is a plain function: it runs in the thread pool, not on the loop.
"""

import base64
import binascii
import json
from decimal import Decimal
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response

from formats.explain.catalogue import language_of
from formats.registry import PROFILES
from gateway.compliance.validation import Validator
from gateway.explanations import reports, service
from gateway.explanations.schemas import ExplainInput, ExplanationsView
from gateway.explanations.views import answer_json
from gateway.kit import clock
from gateway.kit.json_body import JsonContent, parse_json, to_json, validated
from gateway.openapi import takes
from gateway.problems import RequestInvalidProblem
from gateway.tenants.access import CallerDependency
from gateway.validations.endpoints import installed_validator
from gateway.validations.judged import Asked

router = APIRouter(prefix="/v1", tags=["Validation"])

Apply = Annotated[bool, Query(description="Apply the patches to the document and judge it again.")]


@router.post(
    "/explain",
    response_model=ExplanationsView,
    openapi_extra=takes(ExplainInput),
    summary="Explain a rejection or a report, and mend the document",
)
def explain(
    _: CallerDependency,
    content: JsonContent,
    validator: Annotated[Validator, Depends(installed_validator)],
    apply: Apply = False,  # noqa: FBT002 - a query parameter
) -> Response:
    """Return of every rule and code: cause, field, plain words, reference, and the patch if any.

    Takes rule ids, codes of authorities (`sdi:00400`, `ksef:440`) or a report, and the document
    they are about. Patches are offered only where the document itself says what was meant. A code
    that no catalogue here has comes back with `knowledge` `unknown`. Explanations are
    deterministic: nobody is asked, and nothing is stored.
    """
    body = parse_json(content)
    given = validated(ExplainInput, body)
    if not given.codes and given.report is None and given.document is None:
        message = "give codes, a report or a document"
        raise RequestInvalidProblem([{"pointer": "", "message": message}])
    if given.profile is not None and given.profile not in PROFILES:
        message = f"there is no profile {given.profile!r}; see /v1/profiles"
        raise RequestInvalidProblem([{"pointer": "/profile", "message": message}])
    language = language_of(given.language)
    asked = Asked(clock.now().date(), profile=given.profile, language=language)
    try:
        findings = () if given.report is None else reports.findings_of(given.report)
    except reports.UnknownReportError as error:
        message = str(error)
        raise RequestInvalidProblem([{"pointer": "/report", "message": message}]) from None
    subject = None
    if given.document is not None:
        subject = service.opened(_bytes(body["document"]), asked, validator)
    explanations = service.explained(findings, given.codes, language, subject)
    mended = service.mend(subject, asked, validator) if apply and subject is not None else None
    answer = answer_json(explanations, language, subject, mended)
    return Response(to_json(answer), media_type="application/json")


def _bytes(document: Any) -> bytes:  # noqa: ANN401 - parsed JSON
    if isinstance(document, str):
        try:
            return base64.b64decode(document, validate=True)
        except (binascii.Error, ValueError):
            message = "is neither base64 nor a JSON object"
            raise RequestInvalidProblem([{"pointer": "/document", "message": message}]) from None
    return json.dumps(document, default=_digits, ensure_ascii=False).encode()


def _digits(value: object) -> object:
    if isinstance(value, Decimal):
        return float(value) if Decimal(repr(float(value))) == value else f"{value:f}"
    raise TypeError(f"{type(value).__name__} is not JSON")
