"""ASiC-E containers with CAdES, made by a `Signer`: the same bytes for the same signature."""

import datetime
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

from formats.signatures import algorithms, asic_manifest
from formats.signatures.asic import EXTENDED
from formats.signatures.asic_zip import opened
from formats.signatures.cms_making import Stamp, sign
from formats.signatures.signer import Signer

_SIGNATURE = "META-INF/signature.p7s"
_MANIFEST = "META-INF/ASiCManifest.xml"
_MOMENT = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class File:
    """A file of a container."""

    name: str
    media_type: str
    content: bytes


def container(
    files: Sequence[File],
    signer: Signer,
    *,
    at: datetime.datetime,
    stamp: Stamp | None = None,
) -> bytes:
    """Return an ASiC-E whose one signature covers all files.

    Args:
        files: At least one; names as in a zip file, none below META-INF.
        signer: Whose key.
        at: When it is signed, as the signer says.
        stamp: Gets a time stamp over the signature.

    Raises:
        ValueError: There is no file, or a name that no container may have.
        ContainerError: The same, as whoever opens it would say.
        SignerError: The key cannot be used.
    """
    if not files or any(one.name == "mimetype" or _is_meta(one.name) for one in files):
        raise ValueError("a container has files, and none of them in META-INF or named mimetype")
    listed = [
        (one.name, one.media_type, algorithms.digest("sha256", one.content)) for one in files
    ]
    parts = [
        ("mimetype", EXTENDED),
        *((one.name, one.content) for one in files),
        *signed(listed, signer, at=at, stamp=stamp).items(),
    ]
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, content in parts:
            info = zipfile.ZipInfo(name, _MOMENT)
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    made = written.getvalue()
    opened(made)  # whoever makes one checks that it can be opened
    return made


def signed(
    files: Sequence[tuple[str, str, bytes]],
    signer: Signer,
    *,
    at: datetime.datetime,
    stamp: Stamp | None = None,
) -> dict[str, bytes]:
    """Return what lies in META-INF of an ASiC-E whose one signature covers all files.

    For files that are too large to be held: who has them writes the container.

    Args:
        files: Name, media type and SHA-256 of each.
        signer: Whose key.
        at: When it is signed, as the signer says.
        stamp: Gets a time stamp over the signature.

    Raises:
        SignerError: The key cannot be used.
    """
    manifest = asic_manifest.write(_SIGNATURE, files)
    signature = sign(manifest, signer, at=at, detached=True, stamp=stamp)
    return {_MANIFEST: manifest, _SIGNATURE: signature}


def _is_meta(name: str) -> bool:
    return name.upper().startswith("META-INF/")
