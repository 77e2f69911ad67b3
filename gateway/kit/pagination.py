"""Cursors: where the next page begins, in a form callers pass on and do not read."""

import base64
import binascii
import json
import re
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Request

from gateway.problems import RequestInvalidProblem

_METADATA = re.compile(r"metadata\[([^\[\]]{1,40})\]")

DEFAULT_LIMIT = 50
MAX_LIMIT = 200

Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT, description="Items on one page.")]
"""For endpoints: `limit: Limit = DEFAULT_LIMIT`."""

Cursor = Annotated[
    str | None, Query(max_length=200, description="`next_cursor` of the page before.")
]
"""For endpoints: `cursor: Cursor = None`."""


Search = Annotated[
    str | None,
    Query(min_length=1, max_length=200, description="Part of the name, in any case."),
]
"""For endpoints: `search: Search = None`."""


def metadata_filter(request: Request) -> dict[str, str]:
    """Return what `?metadata[name]=value` asks for; several must all match.

    Raises:
        RequestInvalidProblem: A name is given twice.
    """
    wanted: dict[str, str] = {}
    for name, value in request.query_params.multi_items():
        if (match := _METADATA.fullmatch(name)) is not None:
            if "\0" in match[1] + value or match[1] in wanted:
                message = "is given twice" if match[1] in wanted else "holds U+0000"
                raise RequestInvalidProblem([{"parameter": name, "message": message}])
            wanted[match[1]] = value
    return wanted


MetadataFilter = Annotated[dict[str, str], Depends(metadata_filter)]
"""For endpoints: which metadata the items must carry."""


def write_cursor(place: UUID | int) -> str:
    """Return the cursor of the place after which the next page begins.

    It is not secret and not signed: whoever forges one moves within his own rows.
    """
    value = place if isinstance(place, int) else str(place)
    return base64.urlsafe_b64encode(json.dumps([value]).encode()).decode().rstrip("=")


def read_id_cursor(cursor: str | None) -> UUID | None:
    """Return the id that a cursor names, None for the first page.

    Raises:
        RequestInvalidProblem: It is not one of ours.
    """
    if cursor is None:
        return None
    value = _read(cursor)
    if not isinstance(value, str):
        raise _refused()
    try:
        return UUID(value)
    except ValueError:
        raise _refused() from None


def read_position_cursor(cursor: str | None) -> int:
    """Return the position that a cursor names, 0 for the first page.

    Raises:
        RequestInvalidProblem: It is not one of ours.
    """
    if cursor is None:
        return 0
    value = _read(cursor)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**63:
        raise _refused()
    return value


def _read(cursor: str) -> object:
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        value = json.loads(raw)
    except (binascii.Error, ValueError, RecursionError):
        return None
    return value[0] if isinstance(value, list) and len(value) == 1 else None


def _refused() -> RequestInvalidProblem:
    return RequestInvalidProblem(
        [
            {
                "parameter": "cursor",
                "message": "is not a cursor of this list",
                "fix": "pass on next_cursor unchanged, or leave it out to start again",
            }
        ]
    )
