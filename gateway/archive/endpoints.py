"""HTTP for the log as a whole: `/v1/log`. A document's evidence is under `/v1/documents`.

Hashes only, of all tenants together; a key is asked for because the log's size tells how much the
installation issues.
"""

import base64
from typing import Annotated, Literal, Protocol

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import PlainTextResponse
from pydantic import BaseModel, Field

from gateway.archive import anchored, proofs
from gateway.archive.anchor_repository import Attempt
from gateway.archive.service import Archive
from gateway.archive.tiles import Tile, TileError
from gateway.kit.clock import written
from gateway.problems import NotFoundProblem, RequestInvalidProblem
from gateway.tenants.access import OwnReader

router = APIRouter(prefix="/v1/log", tags=["Evidence"])

_LARGEST = 2**63 - 1  # bigint
_FOR_EVER = {"Cache-Control": "private, max-age=31536000, immutable"}


class Doors(Protocol):
    """What these endpoints need of the runtime."""

    @property
    def archive(self) -> Archive:
        """The archive of this process."""


class ConsistencyProof(BaseModel):
    """Proof that a smaller log is the beginning of a larger one (RFC 9162, 2.1.4)."""

    old: int = Field(description="Leaves of the smaller log.")
    new: int = Field(description="Leaves of the larger log.")
    proof: list[str] = Field(description="SHA-256 hashes, hexadecimal.")


class LogAnchor(BaseModel):
    """A head of the log that was left with somebody else."""

    object: Literal["log_anchor"] = "log_anchor"
    kind: str = Field(description="`witness`, `file`, `webhook`, `e-mail` or `time-stamp`.")
    target: str = Field(description="Who has it.")
    size: int = Field(description="Leaves of the log then.")
    root: str = Field(description="SHA-256, hexadecimal.")
    checkpoint: str = Field(description="The signed checkpoint that was left there.")
    receipt: str | None = Field(description="What was given for it, in base64.")
    at: str = Field(description="When.")


class LogAnchorList(BaseModel):
    """Heads that were left with others."""

    object: Literal["list"] = "list"
    data: list[LogAnchor]


def _anchor(one: Attempt) -> LogAnchor:
    given = one.receipt
    return LogAnchor(
        kind=one.kind,
        target=one.target,
        size=one.size,
        root=one.root.hex(),
        checkpoint=one.note,
        receipt=None if given is None else base64.b64encode(given).decode(),
        at=written(one.at),
    )


def _archive(request: Request) -> Archive:
    doors: Doors = request.app.state.runtime
    return doors.archive


@router.get("/checkpoint", response_class=PlainTextResponse, summary="Read the newest checkpoint")
def read_checkpoint(
    tx: OwnReader,
    *,
    cosigned: Annotated[
        bool, Query(description="The newest that a witness cosigned, which may be older.")
    ] = False,
) -> PlainTextResponse:
    """Return the signed head of the log (C2SP tlog-checkpoint): origin, size, root, signatures.

    Cosignatures of witnesses stand under it, where there are any. Keep copies elsewhere: what is
    in the log by then can never be changed unnoticed.
    """
    return PlainTextResponse(proofs.checkpoint(tx, cosigned=cosigned)[1])


@router.get("/key", response_class=PlainTextResponse, summary="Read the log's verifier key")
def read_key(request: Request, _: OwnReader) -> PlainTextResponse:
    """Return the log's public key (C2SP signed-note); `gateway verify --key` takes it."""
    return PlainTextResponse(f"{_archive(request).verifier}\n")


@router.get("/anchors", summary="List where heads of the log are")
def list_anchors(
    tx: OwnReader, limit: Annotated[int, Query(ge=1, le=200, description="The most.")] = 50
) -> LogAnchorList:
    """List where heads of the log were left with others, the newest first: to compare them there.

    A time stamp (RFC 3161) is over the bytes of `checkpoint`; a cosignature belongs under it.
    """
    found = anchored.attempts(tx, limit=limit, done=True)
    return LogAnchorList(data=[_anchor(one.attempt) for one in found])


@router.get("/tile/{level}/{tile:path}", response_class=Response, summary="Read a tile of hashes")
def read_tile(
    tx: OwnReader,
    level: Annotated[int, Path(ge=0, le=63, description="0: hashes of leaves.")],
    tile: Annotated[str, Path(description="Its index, e.g. `x001/x234/067`, or `000.p/17`.")],
) -> Response:
    """Return up to 256 SHA-256 hashes of the tree, one after the other (C2SP tlog-tiles).

    Whoever holds all tiles can compute every proof himself. A tile never changes. Bundles of
    entries (`tile/entries/...`) are not served: they would show the leaves of all tenants.
    """
    try:
        wanted = Tile.parse(level, tile)
    except TileError:
        raise NotFoundProblem("There is no tile of this name.") from None
    return Response(
        proofs.tile(tx, wanted), headers=_FOR_EVER, media_type="application/octet-stream"
    )


@router.get("/consistency", summary="Prove that the log only grew")
def read_consistency(
    request: Request,
    tx: OwnReader,
    old: Annotated[int, Query(ge=0, le=_LARGEST, description="Size of the older checkpoint.")],
    new: Annotated[int, Query(ge=0, le=_LARGEST, description="Size of the newer checkpoint.")],
) -> ConsistencyProof:
    """Prove, for two checkpoints you hold, that the older log is the beginning of the newer."""
    archive = _archive(request)
    size = archive.size(tx)
    if old > new or new > size:
        message = f"old must not be larger than new, nor new than the log, which is {size}"
        raise RequestInvalidProblem([{"parameter": "new", "message": message}])
    proof = archive.consistency(tx, old, new)
    return ConsistencyProof(old=old, new=new, proof=[value.hex() for value in proof])
