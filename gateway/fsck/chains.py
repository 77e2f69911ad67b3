"""INV3: every chain walked again, link by link, against documents, archive and its own head.

`gateway chain verify` shows the same for one chain, and of each chain only the first broken link:
what comes behind a broken link cannot be told apart from its consequences.
"""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from uuid import UUID

import psycopg

from gateway.chains.schemes import Anew, anew
from gateway.fsck.blobs import Blobs
from gateway.fsck.records import MOMENT, READERS, UNSAID, Said, carries
from gateway.fsck.report import InvariantReport

_CHAINS = """
select * from chain where %(key)s::text is null or chain_key = %(key)s
 order by entity_id, chain_key, generation
"""
_RECORDS = """
select r.*, d.number, d.state as document_state, d.content_sha256,
       array(select e.sha256 from archive_entry e
              where e.entity_id = r.entity_id and e.document_id = r.document_id
                and e.role = 'fiscal-record') as archived
  from chain_record r left join document d on d.entity_id = r.entity_id and d.id = r.document_id
 where r.chain_id = %(chain)s order by r.sequence, r.id
"""
_FOREIGN = """
select sequence, digest from chain_foreign
 where entity_id = %(entity)s and chain_key = %(key)s and noted_at <= %(at)s
   and withdrawn_at is null and sequence >= %(since)s
 order by sequence desc limit 1
"""
_BEFORE = """
select digest from chain_record
 where entity_id = %(entity)s and chain_id = %(chain)s and sequence = %(place)s - 1
"""
_UNLINKED = """
select distinct d.id, d.number from document d
 where d.state <> 'draft' and not exists (
         select from chain_record r where r.entity_id = d.entity_id and r.document_id = d.id)
   and (exists (select from archive_entry e where e.entity_id = d.entity_id
                   and e.document_id = d.id and e.role = 'fiscal-record'
                   and e.name in ('fiscal-record.json', 'registro.xml'))
     or exists (select from transmission t where t.entity_id = d.entity_id
                   and t.document_id = d.id
                   and t.channel in ('sandbox-authority', 'es-verifactu', 'es-verifactu-test')))
 order by d.id
"""


@dataclass(frozen=True, slots=True)
class Break:
    """One thing that is wrong with a chain.

    Attributes:
        sequence: The place of the link; None when it is about the chain as a whole.
        what: What is wrong there.
    """

    sequence: int | None
    what: str


@dataclass(slots=True)
class Examined:
    """One chain, walked.

    Attributes:
        key: Its key.
        generation: Which of the chains under the key.
        state: `open`, `halted`, `closed`.
        links: How many records it has.
        breaks: All that is wrong, by place.
    """

    id: UUID
    key: str
    generation: int
    state: str
    links: int = 0
    breaks: list[Break] = field(default_factory=list)

    @property
    def first(self) -> Break | None:
        """The first broken link; what is wrong with the chain as a whole only without one."""
        ordered = sorted(self.breaks, key=lambda one: (one.sequence is None, one.sequence or 0))
        return ordered[0] if ordered else None


def check(connection: psycopg.Connection[Any], archive: Blobs, report: InvariantReport) -> None:
    """Check every chain, and that no document says it has a link that is not there."""
    for one in examine(connection, archive):
        report.saw("chains")
        report.saw("links", one.links)
        for broken in one.breaks:
            place = "" if broken.sequence is None else f" link {broken.sequence}"
            report.blame(f"chain {one.key} #{one.generation}{place}", broken.what)
    for row in connection.execute(_UNLINKED):
        report.blame(f"document {row.id}", f"number {row.number} was recorded and has no link")


def examine(
    connection: psycopg.Connection[Any], archive: Blobs, key: str | None = None
) -> Iterator[Examined]:
    """Walk every chain, or those of one key, in order of key and generation."""
    earlier = None
    for chain in connection.execute(_CHAINS, {"key": key}).fetchall():
        one = Examined(chain.id, chain.chain_key, chain.generation, chain.state)
        records = connection.execute(_RECORDS, {"chain": chain.id}).fetchall()
        one.links = len(records)
        one.breaks.extend(_links(chain, records, archive))
        one.breaks.extend(_head(chain, records))
        same = earlier is not None and (earlier.entity_id, earlier.chain_key) == (
            chain.entity_id,
            chain.chain_key,
        )
        one.breaks.extend(_beginning(connection, chain, earlier if same else None))
        earlier = chain
        yield one


def _links(chain: Any, records: Sequence[Any], archive: Blobs) -> Iterator[Break]:  # noqa: ANN401 - rows
    sequence, previous, at = chain.first_sequence, chain.first_previous, None
    for record in records:
        if record.sequence != sequence:
            missing = f"{sequence}-{record.sequence - 1}"
            twice = record.sequence < sequence
            what = "its place is taken twice" if twice else f"gap: {missing} missing before it"
            yield Break(record.sequence, what)
        if record.previous != previous:
            yield Break(
                record.sequence,
                f"it follows {record.previous or 'nothing'}, its predecessor's digest is"
                f" {previous or 'nothing'}",
            )
        if at is not None and record.at < at:
            yield Break(
                record.sequence, f"its moment {record.at} is before its predecessor's {at}"
            )
        for what in (*_record(chain, record), *_document(record), *_archived(record, archive)):
            yield Break(record.sequence, what)
        sequence, previous, at = record.sequence + 1, record.digest, record.at


def _record(chain: Any, record: Any) -> Iterator[str]:  # noqa: ANN401 - rows
    said = _read(chain, record)
    if isinstance(said, str):
        yield said
        return
    if said.digest != record.digest:
        yield f"its digest is {said.digest}, the chain says {record.digest}"
    moment = record.at.astimezone(datetime.UTC).strftime(MOMENT)
    content = bytes(record.content_sha256 or b"").hex()
    for name, value, expected in (
        ("place", said.sequence, record.sequence),
        ("predecessor", said.previous, record.previous),
        ("moment", said.at, moment),
        ("number", said.number, record.number),
        ("document", said.document, content),
    ):
        if value is not UNSAID and value != expected:
            yield f"its bytes say {name} {value!r}, the database says {expected!r}"


def _read(chain: Any, record: Any) -> Said | str:  # noqa: ANN401 - rows
    reader = READERS.get(chain.chain_key.partition("/")[0])
    if reader is None:
        return "nobody knows how records of its scheme are digested"
    try:
        return reader(bytes(record.record))
    except (ValueError, RecursionError) as error:
        return f"its bytes cannot be read: {error}"


def _document(record: Any) -> Iterator[str]:  # noqa: ANN401 - a row
    if record.document_id is None:
        return  # it is about none: its kind says so, and the database sees to that
    if record.document_state is None:
        yield f"its document {record.document_id} does not exist"
    elif record.document_state == "draft" or record.number is None:
        yield f"its document {record.document_id} has no number"


def _archived(record: Any, archive: Blobs) -> Iterator[str]:  # noqa: ANN401 - a row
    """Compare with the records on disk; one whose own digest is wrong is no evidence."""
    if record.document_id is None:
        return  # its bytes are signed, and stand in the chain alone
    for digest in record.archived:
        name = bytes(digest).hex()
        try:
            content = archive.read(record.entity_id, bytes(digest))
        except OSError as error:
            yield f"its archived record {name} cannot be read: {error.strerror}"
            return
        genuine = sha256(content).digest() == bytes(digest)
        if genuine and carries(content, bytes(record.record)):
            return
    yield "the archive has no signed record with these bytes"


def _head(chain: Any, records: Sequence[Any]) -> Iterator[Break]:  # noqa: ANN401 - rows
    expected: tuple[object, ...] = (chain.first_sequence, chain.first_previous, None, None)
    if records:
        last = records[-1]
        expected = (last.sequence + 1, last.digest, last.id, last.at)
    head = (chain.next_sequence, chain.last_digest, chain.last_record, chain.last_at)
    for name, value, wanted in zip(
        ("next place", "last digest", "last record", "last moment"), head, expected, strict=True
    ):
        if value != wanted:
            yield Break(None, f"its head says {name} {value}, its records say {wanted}")


def _beginning(
    connection: psycopg.Connection[Any],
    chain: Any,  # noqa: ANN401 - a row
    earlier: Any,  # noqa: ANN401 - a row or None
) -> Iterator[Break]:
    """Check where a chain takes over from the one before it."""
    if earlier is None:
        if (chain.generation, chain.first_sequence, chain.first_previous) != (1, 1, ""):
            yield Break(None, "the first chain of its key does not begin at 1, after nothing")
        return
    if chain.generation != earlier.generation + 1:
        due = earlier.generation + 1
        yield Break(None, f"it is chain {chain.generation} of its key, {due} is due")
    if earlier.state != "closed":
        yield Break(None, f"chain {earlier.generation} of its key is {earlier.state} as well")
    used, how = earlier.next_sequence, anew(chain.chain_key)
    allowed = {Anew.NEVER: set(), Anew.FROM_ONE: {(1, "")}, Anew.COUNTING_ON: {(used, "")}}[how]
    asked = {"entity": chain.entity_id, "key": chain.chain_key, "at": chain.opened_at}
    known = connection.execute(_FOREIGN, {**asked, "since": earlier.first_sequence}).fetchone()
    if known is not None:
        allowed.add((known.sequence + 1, known.digest))
        if how is Anew.COUNTING_ON:
            allowed.add((max(used, known.sequence + 1), ""))
    elif earlier.void_from is None:
        allowed.add((used, earlier.last_digest))
    else:
        allowed.add((earlier.void_from, _before(connection, earlier)))
    begins = (chain.first_sequence, chain.first_previous)
    if begins not in allowed:
        yield Break(None, f"it begins at {begins[0]} after {begins[1] or 'nothing'}")


def _before(connection: psycopg.Connection[Any], chain: Any) -> str:  # noqa: ANN401 - a row
    """Return what the first void record of a chain names."""
    asked = {"entity": chain.entity_id, "chain": chain.id, "place": chain.void_from}
    row = connection.execute(_BEFORE, asked).fetchone()
    return str(chain.first_previous if row is None else row.digest)
