"""What the API takes and gives for bulk work."""

from typing import Annotated, Any, Literal

from pydantic import Field

from formats.en16931.group import Text
from gateway.kinds import DocumentKind
from gateway.tenants.schemas import Input, View

MOST_ITEMS = 1000
"""Items of one request."""

ItemState = Literal["queued", "succeeded", "failed"]


class BulkDocument(Input):
    """One document to be made."""

    kind: DocumentKind = DocumentKind.INVOICE
    body: dict[str, Any] = Field(
        description="As `POST /v1/invoices` takes it (DocumentInput). What is wrong in it makes "
        "this item fail, and no other."
    )
    reference: Annotated[Text, Field(min_length=1, max_length=200)] | None = Field(
        default=None, description="Your own name for the item; given back with its result."
    )


class BulkDocumentsInput(Input):
    """Documents to be made, and what is done with them."""

    documents: list[BulkDocument] = Field(min_length=1, max_length=MOST_ITEMS)
    finalize: bool = Field(
        default=False, description="Issue each; one that cannot be issued leaves no draft."
    )
    send: bool = Field(default=False, description="Send each to its customer; needs `finalize`.")


class BulkIdsInput(Input):
    """Documents that exist."""

    ids: list[Annotated[Text, Field(min_length=1, max_length=40)]] = Field(
        min_length=1, max_length=MOST_ITEMS, examples=[["inv_01jd0000000000000000000000"]]
    )


class BulkItemView(View):
    """What came of one item."""

    object: Literal["bulk_item"] = "bulk_item"
    position: int = Field(description="In the request, from 0.")
    reference: str | None = Field(description="Yours, or the id that was given.")
    kind: str | None
    state: ItemState
    document_id: str | None
    number: str | None
    error: dict[str, Any] | None = Field(
        description="Why it failed, as a problem document; pointers lead into the request."
    )


class BulkItemList(View):
    """One page, in the order of the request."""

    object: Literal["list"] = "list"
    data: list[BulkItemView]
    next_cursor: str | None
