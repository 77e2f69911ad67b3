"""Notes, references and documents of a line that extensions let repeat."""

from typing import Annotated

from formats.en16931.group import BinaryObject, Group, IsoDate, Text
from formats.en16931.terms import Term


class LineNote(Group):
    """A further note of a line."""

    content_code: Annotated[Text | None, Term("BT-X-9", repeats=True)] = None
    note: Annotated[Text | None, Term("BT-127", repeats=True)] = None
    subject_code: Annotated[Text | None, Term("BT-X-10", repeats=True)] = None


class LineCustomerOrder(Group):
    """BG-X-5: an order of the ultimate customer."""

    reference: Annotated[Text | None, Term("BT-X-43")] = None
    line_reference: Annotated[Text | None, Term("BT-X-44")] = None
    issue_date: Annotated[IsoDate | None, Term("BT-X-45")] = None


class LineAccountingReference(Group):
    """A further account of the buyer (BT-133)."""

    reference: Annotated[Text | None, Term("BT-133", repeats=True)] = None
    type_code: Annotated[Text | None, Term("BT-X-99", repeats=True)] = None


class LineDocument(Group):
    """BG-X-3: a document about the line, where it is not the invoiced object (BT-128)."""

    reference: Annotated[Text | None, Term("BT-X-27", also=("IBT-188",))] = None
    scheme_identifier: Annotated[Text | None, Term("IBT-188-1")] = None
    external_document_location: Annotated[Text | None, Term("BT-X-28")] = None
    line_reference: Annotated[Text | None, Term("BT-X-29")] = None
    type_code: Annotated[Text | None, Term("BT-X-30", also=("IBT-189",))] = None
    attached_document: Annotated[BinaryObject | None, Term("BT-X-31")] = None
    reference_type_code: Annotated[Text | None, Term("BT-X-32")] = None
    issue_date: Annotated[IsoDate | None, Term("BT-X-33")] = None
    description: Annotated[Text | None, Term("BT-X-299")] = None
