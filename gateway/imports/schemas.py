"""What the API takes and gives for imports."""

from typing import Any, Literal

from pydantic import Field

from gateway.imports.service import Mode
from gateway.tenants.schemas import View

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv"


class ImportMistake(View):
    """One thing that is wrong with a row."""

    pointer: str = Field(examples=["/rows/3/vat_id"])
    row: int
    cell: str | None = Field(examples=["C3"])
    column: str | None = Field(description="The heading as written.")
    message: str
    fix: str | None = None


class ImportRow(View):
    """What came of a row."""

    row: int = Field(description="As spreadsheet programs count: 2 is below the headings.")
    outcome: Literal["created", "updated", "unchanged", "refused"]
    id: str | None = Field(description="Of what it became; null for what a dry run would create.")
    errors: list[ImportMistake]


class ImportReport(View):
    """What came of a file."""

    object: Literal["import"] = "import"
    dry_run: bool
    mode: Mode
    applied: bool
    rows: int
    created: int
    updated: int
    unchanged: int
    refused: int
    ignored_columns: list[str] = Field(description="Headings that are not known.")
    data: list[ImportRow]


def file_body() -> dict[str, Any]:
    """Return `openapi_extra` of an endpoint that takes a CSV file or a workbook."""
    schema = {"type": "string", "format": "binary"}
    content = {kind: {"schema": schema} for kind in (CSV, XLSX)}
    return {"requestBody": {"required": True, "content": content}}
