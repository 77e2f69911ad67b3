"""HTTP for Spain's rules for billing programs: `/v1/verifactu`."""

from typing import Any

from fastapi import APIRouter, Response

from formats.pdf.declaration import render
from gateway.kit import clock
from gateway.tenants.access import ReaderTransaction
from gateway.verifactu import declaring
from gateway.verifactu.schemas import DeclarationView

router = APIRouter(prefix="/v1/verifactu", tags=["VeriFactu"])


@router.get(
    "/declaration", response_model=DeclarationView, summary="Read the declaración responsable"
)
def read_declaration(tx: ReaderTransaction) -> dict[str, Any]:
    """Read what the producer of the program declares (RD 1007/2023, artículo 13).

    It says the same of the program as every record does: both come from the entity's settings.
    """
    return declaring.declared(tx)


@router.get(
    "/declaration/pdf",
    response_class=Response,
    responses={
        200: {
            "description": "PDF/A-3b, in Spanish",
            "content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}},
        }
    },
    summary="Download the declaración responsable",
)
def download_declaration(tx: ReaderTransaction) -> Response:
    """Download the declaration as a page; what is not said yet is left open on it."""
    told = declaring.declared(tx)
    content = render(declaring.printed(told, clock.now()))
    name = f"declaracion-responsable-{told['version']}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, headers=headers, media_type="application/pdf")
