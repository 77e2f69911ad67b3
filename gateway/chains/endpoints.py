"""HTTP for hash chains: `/v1/chains`. They are read; only issuing makes them grow."""

import base64
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from fastapi import APIRouter

from gateway.chains import service
from gateway.chains.schemas import ChainList, ChainRecordList, ChainView
from gateway.chains.service import ChainRow, RecordRow
from gateway.events import service as events
from gateway.kit.clock import written
from gateway.kit.ids import parse_id, public_id
from gateway.kit.pagination import DEFAULT_LIMIT, Cursor, Limit, read_position_cursor, write_cursor
from gateway.tenants.access import ReaderTransaction

router = APIRouter(prefix="/v1/chains", tags=["Chains"])


@router.get("", response_model=ChainList)
def list_chains(tx: ReaderTransaction) -> dict[str, Any]:
    """List the entity's chains of records, closed ones too."""
    return {"data": [_chain_json(row) for row in service.listed(tx)], "next_cursor": None}


@router.get("/{chain_id}", response_model=ChainView)
def read_chain(tx: ReaderTransaction, chain_id: str) -> dict[str, Any]:
    """Read one chain."""
    return _chain_json(service.get(tx, parse_id(chain_id, "chn")))


@router.get("/{chain_id}/records", response_model=ChainRecordList)
def list_chain_records(
    tx: ReaderTransaction, chain_id: str, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> dict[str, Any]:
    """List the records of a chain in order, with the bytes that were digested."""
    row = service.get(tx, parse_id(chain_id, "chn"))
    after = read_position_cursor(cursor)
    found = service.records(tx, row.id, after=after, limit=limit + 1)
    shown = found[:limit]
    named = [one.document_id for one in shown if one.document_id is not None]
    prefixes = events.document_prefixes(tx, named)
    return {
        "data": [_record_json(one, prefixes) for one in shown],
        "next_cursor": write_cursor(shown[-1].sequence) if len(found) > limit else None,
    }


def _chain_json(row: ChainRow) -> dict[str, Any]:
    return {
        "id": public_id("chn", row.id),
        "object": "chain",
        "entity_id": public_id("ent", row.entity_id),
        "key": row.chain_key,
        "generation": row.generation,
        "state": row.state,
        "first_sequence": row.first_sequence,
        "first_previous": row.first_previous,
        "next_sequence": row.next_sequence,
        "last_digest": row.last_digest,
        "last_at": row.last_at and written(row.last_at),
        "opened_at": written(row.opened_at),
        "opened_because": row.opened_because,
        "halted_at": row.halted_at and written(row.halted_at),
        "halted_because": row.halted_because,
        "closed_at": row.closed_at and written(row.closed_at),
        "closed_because": row.closed_because,
        "void_from": row.void_from,
    }


def _record_json(row: RecordRow, prefixes: Mapping[UUID, str]) -> dict[str, Any]:
    return {
        "id": public_id("chr", row.id),
        "object": "chain_record",
        "chain_id": public_id("chn", row.chain_id),
        "sequence": row.sequence,
        "kind": row.kind,
        "digest": row.digest,
        "previous": row.previous,
        "document_id": row.document_id and public_id(prefixes[row.document_id], row.document_id),
        "record": base64.b64encode(row.record).decode(),
        "at": written(row.at),
    }
