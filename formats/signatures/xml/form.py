"""How a signature is to be made: what the profiles of authorities differ in."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from lxml import etree

from formats.signatures.signer import Algorithm
from formats.signatures.xml.names import EXCLUSIVE

KeyPart = Literal["certificates", "certificate", "issuer-serial", "key-value"]
Place = Callable[[etree._Element], tuple[etree._Element, int]]  # noqa: SLF001 - lxml's own type
"""From the root to the element that will hold the signature, and before which of its children."""


class SigningError(ValueError):
    """A signature cannot be made as it was asked for."""


def last_in_root(root: etree._Element) -> tuple[etree._Element, int]:
    """Place the signature after everything else in the root."""
    return root, len(root)


def first_in_root(root: etree._Element) -> tuple[etree._Element, int]:
    """Place the signature before everything else in the root."""
    return root, 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Transform:
    """A transform of a reference.

    Attributes:
        algorithm: Its identifier.
        prefixes: `PrefixList` of exclusive canonicalization.
        xpath: The expression of an XPath transform or filter, in the prefix `ds`.
        subtract: It is a filter of XPath Filter 2.0 that subtracts.
    """

    algorithm: str
    prefixes: tuple[str, ...] = ()
    xpath: str | None = None
    subtract: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Something to be signed.

    Attributes:
        uri: `` for the document, `#` and an id for a part, otherwise the name of a file.
        transforms: In order.
        content: The file, when it is one.
        type: The reference's type.
        digest: Another digest than the form's: `sha512` ...
        mime_type: For DataObjectFormat, as the following.
        description: For people.
        encoding: As an URI.
    """

    uri: str = ""
    transforms: tuple[Transform, ...] = ()
    content: bytes | None = None
    type: str | None = None
    digest: str | None = None
    mime_type: str | None = None
    description: str | None = None
    encoding: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """A signature policy that the signer names (XAdES-EPES).

    Attributes:
        identifier: An URI.
        digest: Of the policy document, as its publisher says.
        digest_algorithm: Its name; some publishers still give SHA-1.
        description: For people.
        uri: Where it can be read (the qualifier SPURI).
    """

    identifier: str
    digest: bytes
    digest_algorithm: str = "sha256"
    description: str | None = None
    uri: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Properties:
    """What XAdES adds to a signature.

    Attributes:
        signing_time: When it is signed; None leaves it out.
        version: 2 writes SigningCertificateV2 and SignerRoleV2 (EN 319 132-1), 1 the elements of
            TS 101 903, which some authorities still ask for.
        policy: The policy, if one is named.
        roles: Claimed roles: `supplier`, `emisor` ...
        stamp: Makes a time stamp token (RFC 3161, DER) over bytes, for XAdES-T.
    """

    signing_time: datetime.datetime | None
    version: Literal[1, 2] = 2
    policy: Policy | None = None
    roles: tuple[str, ...] = ()
    stamp: Callable[[bytes], bytes] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How the signature is written.

    Attributes:
        algorithm: Instead of the signer's usual one.
        digest: Of references and certificates: `sha256`, `sha384`, `sha512`.
        canonicalization: Of SignedInfo, and of nodes that are signed; exclusive by default.
        prefixes: `PrefixList` of SignedInfo's canonicalization, where it is exclusive.
        key_info: What KeyInfo holds, in this order.
        signs_key_info: KeyInfo gets a reference of its own.
        id: The signature's id; the ids of its parts begin with it.
    """

    algorithm: Algorithm | None = None
    digest: Literal["sha256", "sha384", "sha512"] = "sha256"
    canonicalization: str = EXCLUSIVE
    prefixes: tuple[str, ...] = ()
    key_info: tuple[KeyPart, ...] = ("certificates",)
    signs_key_info: bool = False
    id: str = "signature"
