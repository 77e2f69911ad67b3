"""Incoming invoices: pages of metadata, and exported packages, read for an inbox. Pure.

What is asked for next follows from the answer (przyrostowe-pobieranie-faktur.md): another page; a
later beginning, where 10,000 were found; or the next time, from the high water mark on.
"""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from formats.json.parsing import MalformedJsonError, parse_json
from formats.ksef_api.answers import AnswerError, validated
from formats.ksef_api.bodies import Search
from formats.ksef_api.encryption import SessionKey, digest
from formats.ksef_api.metadata import Metadata, MetadataPage, Package
from formats.ksef_api.package import PackageError, unpacked

METADATA = "_metadata.json"
"""The file of an export that says what the others are."""


@dataclass(frozen=True, slots=True)
class Next:
    """What to ask for next.

    Attributes:
        search: The search.
        page: `pageOffset`.
    """

    search: Search
    page: int = 0


def following(asked: Next, page: MetadataPage) -> Next | None:
    """Return what to ask for after a page; None when there is no more of it now."""
    if not page.has_more:
        return None
    if not page.is_truncated:
        return replace(asked, page=asked.page + 1)
    if not page.invoices:
        return None
    last = page.invoices[-1].permanent_storage_date
    return Next(replace(asked.search, since=last))


def resumed_at(asked: Search, page: MetadataPage | Package) -> datetime.datetime:
    """Return from when on the next synchronisation asks.

    Up to the high water mark nothing comes any more; without one, again from where this one began.
    What comes twice is known by its KSeF number.
    """
    return page.permanent_storage_hwm_date or asked.since


@dataclass(frozen=True, slots=True)
class Received:
    """An invoice that came.

    Attributes:
        ksef_number: Its number.
        content: Its bytes.
        metadata: What KSeF says of it, where it does.
    """

    ksef_number: str
    content: bytes
    metadata: Metadata | None

    @property
    def intact(self) -> bool | None:
        """Whether the bytes have the digest that KSeF says; None where it does not say."""
        if self.metadata is None:
            return None
        return digest(self.content) == self.metadata.invoice_hash


def received(
    package: Package, parts: Mapping[int, bytes], secret: SessionKey
) -> Iterator[Received]:
    """Yield the invoices of an export.

    Args:
        package: What was said of it.
        parts: The parts as they were fetched, by their numbers.
        secret: The key that was told when it was asked for.

    Raises:
        PackageError: A part is missing, or is not what was said of it.
        EncryptionError: A part cannot be decrypted.
        AnswerError: Its metadata cannot be read.
    """
    whole = []
    for one in sorted(package.parts, key=lambda part: part.ordinal_number):
        sealed = parts.get(one.ordinal_number)
        if sealed is None or digest(sealed) != one.encrypted_part_hash:
            raise PackageError(f"part {one.ordinal_number} is missing, or not what was said")
        plain = secret.decrypt(sealed)
        if digest(plain) != one.part_hash:
            raise PackageError(f"part {one.ordinal_number} is not what was said")
        whole.append(plain)
    files = dict(unpacked(b"".join(whole)))
    known = _known(files.pop(METADATA, b'{"invoices": []}'))
    for name, content in files.items():
        number = name.removesuffix(".xml")
        yield Received(number, content, known.get(number))


def _known(written: bytes) -> Mapping[str, Metadata]:
    try:
        listed = {"hasMore": False, "isTruncated": False, **parse_json(written)}
    except (MalformedJsonError, TypeError) as error:
        raise AnswerError(f"{METADATA} is not JSON") from error
    page = validated(listed, MetadataPage)
    return {one.ksef_number: one for one in page.invoices}
