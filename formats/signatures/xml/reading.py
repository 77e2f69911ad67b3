"""Reading what was signed: the one way for whoever uses a document after its signature."""

from lxml import etree

from formats.signatures.report import Indication, Signature, Signed
from formats.xml import UnreadableDocumentError, parse


class NotSignedError(ValueError):
    """What was asked for is not what the signature covers."""


def read_signed(signature: Signature, name: str | None = None) -> etree._Element:
    """Return the root of what a signature covers, parsed from the bytes that were digested.

    Args:
        signature: One whose form, digests and value are right; that it passed is asked elsewhere.
        name: The reference's URI; None when the signature covers one thing only.

    Raises:
        NotSignedError: It covers nothing, or several things, or nothing of this name; or what it
            covers is not XML.
    """
    found = content(signature, name)
    try:
        return parse(found.content)
    except UnreadableDocumentError as error:
        raise NotSignedError(f"What is signed is not XML that is read: {error}") from None


def content(signature: Signature, name: str | None = None) -> Signed:
    """Return what a signature covers.

    Raises:
        NotSignedError: It covers nothing, several things, or nothing of this name.
    """
    if signature.indication is Indication.TOTAL_FAILED:
        raise NotSignedError("The signature is wrong.")
    found = [one for one in signature.signed if name is None or one.name == name]
    if len(found) != 1:
        raise NotSignedError(f"The signature covers {len(found)} such things, and not one.")
    return found[0]
