"""From any document we can read to any profile we can write."""

from formats.en16931 import Invoice
from formats.profile import Profile
from formats.registry import profile_for
from formats.ubl.document_read import read_element, root_of
from formats.xml import UnreadableDocumentError, parse


def read(content: bytes) -> Invoice:
    """Return the invoice of a document in any syntax; the root element tells which it is.

    Raises:
        UnreadableDocumentError: No syntax of ours, or not readable in it.
    """
    element = parse(content)
    if root_of(element) is not None:
        return read_element(element)
    raise UnreadableDocumentError(
        "unknown-root",
        f"{element.tag!r} is the root of no invoice format known here.",
        element.sourceline,
        "/*",
    )


def source_profile(invoice: Invoice) -> Profile | None:
    """Return the profile a document that was read says it follows, if it is one of ours."""
    return profile_for(invoice.process_control.specification_identifier)


def convert(content: bytes, to: Profile) -> bytes:
    """Return a document rewritten in another profile.

    Its specification identifier (BT-24) becomes the target's, and its business process (BT-23)
    too where the target prescribes one. Nothing is judged: the result may break the target's
    rules, and content that EN 16931 has no term for is left out.

    Raises:
        UnreadableDocumentError: As `read`.
    """
    invoice = read(content)
    control = invoice.process_control.model_copy(
        update={
            "specification_identifier": to.customization_id,
            "business_process_type": to.process_id
            or invoice.process_control.business_process_type,
        }
    )
    return to.write(invoice.model_copy(update={"process_control": control}))
