"""A bundle in an ASiC-E container (ETSI EN 319 162-1): sealed by the entity, not only by the log.

The container holds the bundle whole, so that the bundle stays the same file with or without a
seal. It is as strict a ZIP file, but that `mimetype` stands first (A.1 of the norm).
"""

from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from typing import IO

from gateway.archive.zip_file import LARGEST_MEMBER, ZipFile

MEDIA_TYPE = "application/vnd.etsi.asic-e+zip"
BUNDLE = "bundle.zip"
_FIRST = "mimetype"
_AT_ONCE = 1 << 20  # bytes

Sealing = Callable[[Sequence[tuple[str, str, bytes]]], Mapping[str, bytes]]
"""Takes name, media type and SHA-256 of each file; returns what lies in META-INF."""


class TooLargeToSealError(ValueError):
    """The bundle is larger than a file of a container may be; the message says how large."""


def seal(sink: IO[bytes], bundle: IO[bytes], sealing: Sealing) -> None:
    """Write a container around a bundle.

    Args:
        sink: Where to; only ever appended to.
        bundle: The file, which can be read and sought.
        sealing: Makes the seal.

    Raises:
        TooLargeToSealError: The bundle has 4 GiB or more.
    """
    size = bundle.seek(0, 2)
    if size > LARGEST_MEMBER:
        raise TooLargeToSealError(f"it has {size} bytes, {LARGEST_MEMBER} at most can be sealed")
    bundle.seek(0)
    digest = sha256()
    while part := bundle.read(_AT_ONCE):
        digest.update(part)
    members = sealing([(BUNDLE, "application/zip", digest.digest())])
    with ZipFile(sink, first=_FIRST) as container:
        container.add(_FIRST, MEDIA_TYPE.encode("ascii"))
        for name in sorted(members):
            container.add(name, members[name])
        container.add_file(BUNDLE, bundle, size=size)
        container.finish()
