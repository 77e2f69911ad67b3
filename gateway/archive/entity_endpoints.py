"""HTTP for the log of one entity: `/v1/log/entity`. Whoever may read the entity may audit it."""

from typing import Annotated, Literal, Protocol

from fastapi import APIRouter, Query, Request
from fastapi.responses import PlainTextResponse
from pydantic import BaseModel, Field

from gateway.archive import entity_logs
from gateway.archive.endpoints import ConsistencyProof
from gateway.archive.keys import LogKey
from gateway.archive.service import Archive
from gateway.archive.tlog_proof import TlogProof
from gateway.problems import NotFoundProblem, RequestInvalidProblem
from gateway.tenants.access import ReaderTransaction

router = APIRouter(prefix="/v1/log/entity", tags=["Evidence"])

_LARGEST = 2**63 - 1  # bigint
_MOST = 1000


class Doors(Protocol):
    """What these endpoints need of the runtime."""

    @property
    def archive(self) -> Archive:
        """The archive of this process."""


class EntityLogLeaf(BaseModel):
    """A leaf of the entity's log."""

    object: Literal["log_leaf"] = "log_leaf"
    index: int = Field(description="Its place in the entity's log, from 0.")
    hash: str = Field(description="What the log is made of: SHA-256(0x00 || leaf), hexadecimal.")
    log_index: int | None = Field(description="Its place in the log of the installation.")
    leaf: str | None = Field(
        description="The leaf data, canonical JSON; null outside your period, as `log_index`."
    )


class EntityLogLeaves(BaseModel):
    """Leaves in order."""

    object: Literal["list"] = "list"
    data: list[EntityLogLeaf]
    size: int = Field(description="Leaves of the entity's log.")


def _key(request: Request) -> LogKey:
    doors: Doors = request.app.state.runtime
    return doors.archive.key


@router.get(
    "/checkpoint", response_class=PlainTextResponse, summary="Read a checkpoint of the entity"
)
def read_entity_checkpoint(
    request: Request,
    tx: ReaderTransaction,
    size: Annotated[
        int | None, Query(ge=1, le=_LARGEST, description="Of its first leaves; unsaid: of all.")
    ] = None,
) -> PlainTextResponse:
    """Return the signed head of the entity's own log (C2SP tlog-checkpoint).

    Keep copies: they show later that no leaf of the entity was taken away or put in between.
    """
    return PlainTextResponse(entity_logs.checkpoint(tx, _key(request), size))


@router.get("/key", response_class=PlainTextResponse, summary="Read the entity log's verifier key")
def read_entity_log_key(request: Request, tx: ReaderTransaction) -> PlainTextResponse:
    """Return the public key of the entity's log (C2SP signed-note)."""
    return PlainTextResponse(f"{entity_logs.verifier(_key(request), tx)}\n")


@router.get("/leaves", summary="List the leaves of the entity")
def list_entity_leaves(
    tx: ReaderTransaction,
    first: Annotated[int, Query(ge=0, le=_LARGEST, description="The first one, from 0.")] = 0,
    limit: Annotated[int, Query(ge=1, le=_MOST, description="The most.")] = 100,
) -> EntityLogLeaves:
    """List all that was archived of the entity, in order.

    Whoever has all hashes computes the root of the checkpoint himself: then none is missing.
    """
    data = [
        EntityLogLeaf(
            index=one.entity_index,
            hash=one.hash.hex(),
            log_index=one.log_index,
            leaf=None if one.leaf is None else one.leaf.decode(),
        )
        for one in entity_logs.leaves(tx, first, limit)
    ]
    return EntityLogLeaves(data=data, size=entity_logs.size(tx))


@router.get(
    "/proof", response_class=PlainTextResponse, summary="Prove that a leaf is the entity's"
)
def read_entity_proof(
    request: Request,
    tx: ReaderTransaction,
    index: Annotated[int, Query(ge=0, le=_LARGEST, description="Its place in the entity's log.")],
) -> PlainTextResponse:
    """Return a proof in one file (C2SP tlog-proof) that the leaf is in the entity's log."""
    size = entity_logs.size(tx)
    found = entity_logs.leaves(tx, index, 1)
    leaf = found[0].leaf if found and found[0].entity_index == index < size else None
    if leaf is None:
        raise NotFoundProblem("The entity's log has no such leaf that you may see.")
    path = entity_logs.inclusion(tx, index, size)
    note = entity_logs.checkpoint(tx, _key(request), size)
    return PlainTextResponse(TlogProof(index, path, note, leaf).text())


@router.get("/consistency", summary="Prove that the entity's log only grew")
def read_entity_consistency(
    tx: ReaderTransaction,
    old: Annotated[int, Query(ge=0, le=_LARGEST, description="Size of the older checkpoint.")],
    new: Annotated[int, Query(ge=0, le=_LARGEST, description="Size of the newer checkpoint.")],
) -> ConsistencyProof:
    """Prove, for two checkpoints of the entity, that the older log begins the newer."""
    size = entity_logs.size(tx)
    if old > new or new > size:
        message = f"old must not be larger than new, nor new than the log, which is {size}"
        raise RequestInvalidProblem([{"parameter": "new", "message": message}])
    proof = entity_logs.consistency(tx, old, new)
    return ConsistencyProof(old=old, new=new, proof=[value.hex() for value in proof])
