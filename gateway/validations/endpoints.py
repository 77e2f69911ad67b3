"""HTTP for validations: a pure function of the body. Nothing is stored, and any key may call it.

The work is CPU-bound, so this is a plain function: it runs in the thread pool, not on the loop.
"""

from email.message import Message
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response

from formats.json.document import DocumentWithSeller
from formats.registry import PROFILES
from gateway.compliance.validation import Validator
from gateway.kit import clock
from gateway.kit.json_body import to_json
from gateway.kit.moments import Day
from gateway.openapi import takes
from gateway.problems import RequestInvalidProblem, UnsupportedMediaTypeProblem
from gateway.tenants.access import CallerDependency
from gateway.validations.judged import Asked
from gateway.validations.schemas import ValidationView
from gateway.validations.service import judge
from gateway.validations.views import report_json
from schemas.errors import ArtefactMissingError, UnknownArtefactError

router = APIRouter(prefix="/v1", tags=["Validation"])

_ANY = "application/octet-stream"
_TAKEN = ("application/xml", "text/xml", "application/pdf", "application/json", _ANY)
_PARAMETERS = ("rules", "profile", "as_of", "language")
_MOST_RULE_SETS = 20

Rules = Annotated[
    list[str] | None,
    Query(
        max_length=_MOST_RULE_SETS,
        description="Judge by these schemas and rule sets (versioned id or family; repeatable) "
        "instead of what the document claims.",
        examples=[["eu.cen.en16931:ubl"]],
    ),
]
ProfileId = Annotated[
    str | None,
    Query(max_length=200, description="Judge as this profile, see /v1/profiles."),
]
AsOf = Annotated[
    Day | None,
    Query(description="Use the versions in force that day; default: today."),
]
Language = Annotated[
    str | None, Query(max_length=20, description="Language of fixes: en, de, fr, it, es, sl.")
]


async def document_content(request: Request) -> bytes:
    """Return the body of a request.

    Raises:
        UnsupportedMediaTypeProblem: It says that it is something else, or is compressed.
    """
    header = Message()
    header["content-type"] = request.headers.get("content-type", "")
    kind = header.get_content_type() if header["content-type"] else ""
    if kind not in _TAKEN and not kind.endswith(("+xml", "+json")):
        sent = f"not {kind!r}" if kind else "and no Content-Type was sent"
        raise UnsupportedMediaTypeProblem(f"The body must be {', '.join(_TAKEN)}, {sent}.")
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise UnsupportedMediaTypeProblem("Send the body without Content-Encoding.")
    return await request.body()


def known_parameters(request: Request) -> None:
    """Refuse a parameter that would say nothing: `asof` would be judged by today's rules.

    Raises:
        RequestInvalidProblem: There is no such parameter.
    """
    message = f"there is no such parameter; there are {', '.join(_PARAMETERS)}"
    unknown = dict.fromkeys(name for name in request.query_params if name not in _PARAMETERS)
    if unknown:
        raise RequestInvalidProblem(
            [{"parameter": name[:100], "message": message} for name in unknown]
        )


def installed_validator(request: Request) -> Validator:
    """Return the validator of this process."""
    found: Validator = request.app.state.runtime.validator
    return found


def _takes_document() -> dict[str, Any]:
    described = takes(DocumentWithSeller)
    content = described["requestBody"]["content"]
    content["application/json"]["examples"] = {
        "short": {"summary": "The body of POST /v1/invoices, with its seller", "value": _EXAMPLE}
    }
    content["application/xml"] = {"schema": {"type": "string"}}
    content["application/pdf"] = {"schema": {"type": "string", "format": "binary"}}
    content[_ANY] = {"schema": {"type": "string", "format": "binary"}}
    described["requestBody"]["description"] = (
        "UBL, CII or another document there are rules for; a hybrid PDF, whose XML is judged; or "
        "the body of POST /v1/invoices with its seller. What it is, its bytes tell."
    )
    return described


_EXAMPLE = {
    "number": "2026-001",
    "issue_date": "2026-11-30",
    "currency_code": "EUR",
    "payment_terms": "30 days",
    "buyer_reference": "dept 5",
    "seller": {
        "name": "Example Seller",
        "vat_identifier": "SI50223054",
        "postal_address": {"city": "Ljubljana", "country_code": "SI"},
    },
    "customer": {
        "name": "Example Buyer",
        "country_code": "DE",
        "electronic_address": {"value": "DE123456789", "scheme_identifier": "9930"},
    },
    "items": [
        {
            "name": "Consulting",
            "quantity": "3",
            "unit": "HUR",
            "price": "33.35",
            "vat_category_code": "S",
            "vat_rate": "22",
        }
    ],
}


@router.post(
    "/validate",
    response_model=ValidationView,
    openapi_extra=_takes_document(),
    dependencies=[Depends(known_parameters)],
    summary="Judge a document",
)
def validate(  # noqa: PLR0913, PLR0917 - one for each part of the request
    _: CallerDependency,
    content: Annotated[bytes, Depends(document_content)],
    validator: Annotated[Validator, Depends(installed_validator)],
    rules: Rules = None,
    profile: ProfileId = None,
    as_of: AsOf = None,
    language: Language = None,
) -> Response:
    """Return what every layer says: our rules on the invoice, XSD, official rules on the bytes.

    The answer is 200 whatever the verdict, also for what cannot be read: `findings` says why.
    Which rule sets judge is decided by what the document says it follows (BT-24), and by the day.
    A document is `valid` only when every layer ran and found nothing fatal.
    """
    if profile is not None and profile not in PROFILES:
        message = f"there is no profile {profile!r}; see /v1/profiles"
        raise RequestInvalidProblem([{"parameter": "profile", "message": message}])
    asked = Asked(clock.now().date(), as_of, tuple(rules or ()), profile, language)
    for name in asked.rules:
        _require_known(name, asked, validator)
    judged = judge(content, asked, validator)
    answer = {
        "object": "validation",
        "source": judged.source,
        "judged_as": judged.judged_as,
        "as_of": judged.as_of.isoformat(),
        **report_json(judged),
    }
    return Response(to_json(answer), media_type="application/json")


def _require_known(name: str, asked: Asked, validator: Validator) -> None:
    try:
        validator.catalog.artefact(name, asked.day)
    except UnknownArtefactError as unknown:
        raise RequestInvalidProblem([{"parameter": "rules", "message": str(unknown)}]) from None
    except ArtefactMissingError:
        return  # known; the report says that it is not on this machine
