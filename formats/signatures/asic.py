"""Containers of files with their signatures: ASiC-S and ASiC-E (ETSI EN 319 162-1), checked.

CAdES covers the one file of an ASiC-S, or a manifest that names files with their digests; XAdES
names the files itself. What no signature that holds covers is listed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from formats.signatures import asic_manifest, cms
from formats.signatures.asic_zip import ContainerError, opened
from formats.signatures.digests import Digests
from formats.signatures.report import (
    Check,
    Outcome,
    Signature,
    SignatureReport,
    Signed,
    SubIndication,
)
from formats.signatures.trust import Terms, indication_of
from formats.signatures.xml import check as check_xml
from formats.signatures.xml.work import Work

SIMPLE = b"application/vnd.etsi.asic-s+zip"
EXTENDED = b"application/vnd.etsi.asic-e+zip"

_META = "META-INF/"
_CADES = re.compile(r"META-INF/[^/]*signature[^/]*\.p7s|META-INF/signature\.p7m", re.IGNORECASE)
_XADES = re.compile(r"META-INF/[^/]*signatures[^/]*\.xml", re.IGNORECASE)
_MANIFEST = re.compile(r"META-INF/ASiCManifest[^/]*\.xml", re.IGNORECASE)
_CLAIMS = re.compile(r"META-INF/[^/]*(signature|asicmanifest)[^/]*", re.IGNORECASE)
MAX_SIGNATURES = 64


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in a container.

    Attributes:
        report: Every signature.
        unsigned: Files that no signature that holds covers, each with a reason.
        files: The files themselves, without `META-INF` and `mimetype`.
    """

    report: SignatureReport
    unsigned: tuple[tuple[str, str], ...] = ()
    files: tuple[str, ...] = ()


def check(data: bytes, terms: Terms) -> Checked:
    """Check every signature of a container. Never raises.

    Args:
        data: The zip file.
        terms: Whom to believe, when, and what is known.
    """
    misplaced = ""
    try:
        entries = opened(data)
        misplaced = _misplaced(entries)
        files = {
            name: content
            for name, content in entries.items()
            if name != "mimetype" and not name.startswith(_META)
        }
        simple = _kind(entries, files)
        found = _signatures(entries, files, terms, simple=simple)
    except (ContainerError, asic_manifest.ManifestError) as error:
        detail = f"{error} {misplaced}".strip()
        return Checked(SignatureReport((cms.unreadable(detail, "ASiC"),)))
    except Exception as error:  # noqa: BLE001 - hostile bytes find new ways; none is a pass
        detail = f"The container cannot be judged: {error!r}"
        return Checked(SignatureReport((cms.unreadable(detail, "ASiC"),)))
    if misplaced:
        return Checked(SignatureReport((cms.unreadable(misplaced, "ASiC"),)))
    covered = {part.name for one in found for part in one.signed if part.file}
    left = tuple(
        (name, "No signature that holds covers it.") for name in files if name not in covered
    )
    return Checked(SignatureReport(tuple(found)), left, tuple(files))


def _misplaced(entries: Mapping[str, bytes]) -> str:
    """Say that `mimetype` is there and does not come first (EN 319 162-1 A.1); else nothing."""
    if "mimetype" not in entries or next(iter(entries)) == "mimetype":
        return ""
    return "mimetype is not the first file of the container."


def _kind(entries: Mapping[str, bytes], files: Mapping[str, bytes]) -> bool:
    """Tell whether it is an ASiC-S.

    Raises:
        ContainerError: It is neither.
    """
    kind = entries.get("mimetype")
    if kind is not None and kind not in {SIMPLE, EXTENDED}:
        raise ContainerError(f"It is a container of the kind {kind[:80]!r}, not ASiC.")
    simple = kind == SIMPLE
    if not files:
        raise ContainerError("The container holds no file.")
    if simple and len(files) != 1:
        raise ContainerError(f"An ASiC-S holds one file; this has {len(files)}.")
    for name in entries:
        if _CLAIMS.fullmatch(name) and not any(
            form.fullmatch(name) for form in (_CADES, _XADES, _MANIFEST)
        ):
            raise ContainerError(f"{name} says it is of a signature, and is of no known kind.")
    return simple


def _signatures(
    entries: Mapping[str, bytes], files: Mapping[str, bytes], terms: Terms, *, simple: bool
) -> list[Signature]:
    cades = [name for name in entries if _CADES.fullmatch(name)]
    xades = [name for name in entries if _XADES.fullmatch(name)]
    if len(cades) + len(xades) > MAX_SIGNATURES:
        raise ContainerError(f"It has {len(cades) + len(xades)} signatures.")
    if not cades and not xades:
        raise ContainerError("The container holds no signature.")
    found: list[Signature] = []
    digests = Digests()
    work = Work(sum(map(len, entries.values())), digests)
    if simple:
        (name,) = files
        for signature in cades:
            report = cms.check(entries[signature], terms, detached=files[name], digests=digests)
            found += [_named(one, name) for one in report.signatures]
    else:
        found += _over_manifests(entries, files, terms, cades, digests)
    for signature in xades:
        report = check_xml(entries[signature], terms, detached=files, work=work)
        if not report.signatures:
            found.append(cms.unreadable(f"{signature} holds no signature.", "XAdES"))
        found += [_of_files(one) for one in report.signatures]
    prefix = "ASiC-S" if simple else "ASiC-E"
    return [replace(one, format=f"{prefix} {one.format}") for one in found]


def _over_manifests(
    entries: Mapping[str, bytes],
    files: Mapping[str, bytes],
    terms: Terms,
    cades: list[str],
    digests: Digests,
) -> list[Signature]:
    """Check each manifest with its signature; neither may be without the other."""
    found: list[Signature] = []
    used: set[str] = set()
    for name in [name for name in entries if _MANIFEST.fullmatch(name)]:
        manifest = asic_manifest.read(entries[name])
        if manifest.signature not in cades or manifest.signature in used:
            raise ContainerError(f"{name} names {manifest.signature}, which is not its signature.")
        used.add(manifest.signature)
        report = cms.check(entries[manifest.signature], terms, detached=entries[name])
        found += [_covering(one, name, manifest, files, digests) for one in report.signatures]
    for name in cades:
        if name not in used:
            raise ContainerError(f"No manifest names {name}: nobody knows what it signs.")
    return found


def _covering(
    signature: Signature,
    name: str,
    manifest: asic_manifest.Manifest,
    files: Mapping[str, bytes],
    digests: Digests,
) -> Signature:
    """Follow a manifest that is signed to the files that it names."""
    if not signature.signed:
        return signature
    signed = [replace(signature.signed[0], name=name, file=True)]
    for reference in manifest.references:
        content = files.get(reference.name)
        if content is None:
            detail = f"The manifest names {reference.name}, which is not in the container."
            return _worse(signature, detail, SubIndication.SIGNED_DATA_NOT_FOUND)
        if reference.digest == "sha1":
            detail = f"{reference.name} is named with a SHA-1 digest."
            return _worse(signature, detail, SubIndication.CRYPTO_CONSTRAINTS_FAILURE)
        if digests.of(reference.digest, content) != reference.value:
            detail = f"{reference.name} is not what was signed: its digest differs."
            return _worse(signature, detail, SubIndication.HASH_FAILURE)
        signed.append(Signed(reference.name, content, reference.digest, file=True))
    return replace(signature, signed=tuple(signed))


def _worse(signature: Signature, detail: str, sub: SubIndication) -> Signature:
    """Return a signature whose files are not what it covers: nothing of it is believed.

    A digest that differs is worse than a signer whom nobody knows, and gives the word.
    """
    return replace(
        signature,
        indication=indication_of(sub),
        sub_indication=sub,
        checks=(*signature.checks, Check("reference", Outcome.FAILED, detail)),
        signed=(),
    )


def _named(signature: Signature, name: str) -> Signature:
    """Call the payload by the name of its file."""
    signed = (replace(one, name=name, file=True) for one in signature.signed)
    return replace(signature, signed=tuple(signed))


def _of_files(signature: Signature) -> Signature:
    """Check that an XAdES signature of a container covers a file of it."""
    if not signature.signed or any(one.file for one in signature.signed):
        return signature
    detail = "It covers no file of the container."
    return _worse(signature, detail, SubIndication.SIGNED_DATA_NOT_FOUND)
