"""HTTP for determination: a pure function of the body. Nothing is stored, and any key may call it.

The work is CPU-bound, so this is a plain function: it runs in the thread pool, not on the loop.
"""

from fastapi import APIRouter, Response

from gateway.kit.json_body import JsonContent, to_json
from gateway.openapi import takes
from gateway.tax.schemas import DeterminationView, DetermineInput
from gateway.tax.service import answer
from gateway.tenants.access import CallerDependency

router = APIRouter(prefix="/v1/tax", tags=["Tax"])


@router.post(
    "/determine",
    response_model=DeterminationView,
    openapi_extra=takes(DetermineInput),
    summary="Determine the VAT of a sale, and say why",
)
def determine_tax(_: CallerDependency, content: JsonContent) -> Response:
    """Return for every line category, rate, reason and country, with rules and their sources.

    Decides by the facts of the body and the law of its day alone: nobody is asked, and `vies` is
    taken as given. A missing fact is answered `undecided` and named, never guessed.
    """
    return Response(to_json(answer(content)), media_type="application/json")
