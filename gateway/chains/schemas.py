"""What the API gives of chains."""

import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class ChainView(BaseModel):
    """A hash chain of the entity's records."""

    model_config = ConfigDict(extra="forbid")

    id: str
    object: Literal["chain"] = "chain"
    entity_id: str
    key: str = Field(description="The scheme, and what it counts in.")
    generation: int = Field(description="A closed chain has a successor under the same key.")
    state: Literal["open", "halted", "closed"]
    first_sequence: int
    first_previous: str = Field(description="What the first record names as its predecessor.")
    next_sequence: int
    last_digest: str = Field(description="What the next record will name.")
    last_at: datetime.datetime | None
    opened_at: datetime.datetime
    opened_because: str
    halted_at: datetime.datetime | None
    halted_because: str | None
    closed_at: datetime.datetime | None
    closed_because: str | None
    void_from: int | None = Field(
        description="What stands from this place on the authority will never have: it refused the"
        " record there for good, or a successor took over before it."
    )


class ChainList(BaseModel):
    """All chains of an entity, in order of key and generation."""

    model_config = ConfigDict(extra="forbid")

    object: Literal["list"] = "list"
    data: list[ChainView]
    next_cursor: str | None = None


class ChainRecordView(BaseModel):
    """One record: the bytes that were digested, and where they stand."""

    model_config = ConfigDict(extra="forbid")

    id: str
    object: Literal["chain_record"] = "chain_record"
    chain_id: str
    sequence: int
    kind: str = Field(
        description="What it says of the document: `issue`, `mend`, `cancel`; or what happened:"
        " `event-begin` ..."
    )
    digest: str
    previous: str
    document_id: str | None = Field(
        description="What it is about; null for what happened in the program itself."
    )
    record: str = Field(description="The exact bytes, in base64.")
    at: datetime.datetime


class ChainRecordList(BaseModel):
    """Records of a chain in order."""

    model_config = ConfigDict(extra="forbid")

    object: Literal["list"] = "list"
    data: list[ChainRecordView]
    next_cursor: str | None = None
