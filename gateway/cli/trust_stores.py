"""`gateway trust-stores`: whom the installation believes. Its operator alone says so."""

import json
import re
from pathlib import Path

from cryptography import x509
from rich.table import Table

from formats.signatures.certificates import Certificate
from formats.signatures.trust import TrustStore
from gateway.cli.key_rounds import opened
from gateway.kit import clock
from gateway.kit.clock import written
from gateway.kit.console import err, fail, out
from gateway.signatures.trust import NoCertificateError, certificates, contents
from gateway.signing import stores
from gateway.signing.stores import Member

_NAME = re.compile("[a-z0-9][a-z0-9-]{0,62}")
_FINGERPRINT = re.compile("[0-9a-f]{64}")


def show(name: str | None, *, as_json: bool) -> int:
    """List the stores, or what is in one."""
    with opened() as (database, _, _settings), database.worker_transaction() as tx:
        found = stores.members(tx, name)
    if name is not None and not found:
        fail(f"there is no trust store {name}")
    if as_json:
        out.print_json(json.dumps([_told(one) for one in found]))
        return 0
    table = Table()
    for column in ("store", "role", "subject", "until", "sha256"):
        table.add_column(column, overflow="fold")
    for one in found:
        told = _told(one)
        table.add_row(*(_plain(told[key]) for key in _SHOWN))
    out.print(table)
    return 0


_SHOWN = ("store", "role", "subject", "not_after", "fingerprint")


def add(name: str, file: Path, *, believe_all: bool) -> int:
    """Put the certificates of a file, or of a directory of such, into a store."""
    _check(name)
    try:
        given = _read(name, file, believe_all=believe_all)
    except (NoCertificateError, OSError) as error:
        fail(str(error), 2)
    with opened() as (database, _, _settings), database.worker_transaction() as tx:
        new = stores.add(tx, given, clock.now())
        trusted = stores.store(tx, name)
    err.print(f"{name}: {new} of {len(given.anchors) + len(given.extra)} certificates are new")
    if trusted is None:
        err.print(
            f"{name} believes nobody yet: none of these is signed by itself. Add the root, or say"
            " --anchors to believe these as they are."
        )
    return 0


def remove(name: str, fingerprint: str | None) -> int:
    """Take a store away, or one certificate out of it."""
    _check(name)
    if fingerprint is not None and not _FINGERPRINT.fullmatch(fingerprint):
        fail("a fingerprint is 64 hexadecimal digits in lower case, as `list` shows it", 2)
    digest = None if fingerprint is None else bytes.fromhex(fingerprint)
    with opened() as (database, _, _settings), database.worker_transaction() as tx:
        gone = stores.remove(tx, name, digest)
    if not gone:
        fail(f"there is no such certificate in {name}" if digest else f"there is no store {name}")
    err.print(f"{name}: {gone} certificates taken out")
    return 0


def named(name: str) -> TrustStore:
    """Return a store of this installation; end the command where there is none."""
    _check(name)
    with opened() as (database, _, _settings), database.worker_transaction() as tx:
        found = stores.store(tx, name)
    if found is None:
        fail(
            f"there is no trust store {name} that believes anybody: `gateway trust-stores list`", 2
        )
    return found


def _read(name: str, path: Path, *, believe_all: bool) -> TrustStore:
    """Read what is to be added: roots are believed, others only when somebody says so."""
    every = tuple(dict.fromkeys(der for one in contents(path) for der in certificates(one)))
    anchors = tuple(der for der in every if believe_all or Certificate.read(der).self_issued)
    return TrustStore(name, anchors, tuple(der for der in every if der not in anchors))


def _check(name: str) -> None:
    if not _NAME.fullmatch(name):
        fail("a store's name has up to 63 of a-z, 0-9 and -, and does not begin with -", 2)


def _told(one: Member) -> dict[str, str]:
    certificate = x509.load_der_x509_certificate(one.certificate)
    return {
        "store": one.store,
        "role": one.role,
        "subject": certificate.subject.rfc4514_string(),
        "not_after": written(certificate.not_valid_after_utc),
        "fingerprint": one.fingerprint,
        "added_at": written(one.added_at),
    }


def _plain(text: str) -> str:
    """Return text that cannot steer a terminal."""
    return "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in text)
