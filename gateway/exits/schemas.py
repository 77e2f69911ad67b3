"""What the API takes and gives for exits."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from gateway.archive.notes import Verifier
from gateway.exits.box import Receiver
from gateway.tenants.schemas import Input, View


def _readable(text: str) -> str:
    Receiver.parse(text)
    return text


def _of_a_log(text: str) -> str:
    Verifier.parse(text)
    return text


class ExitInput(Input):
    """What the exit is for."""

    leaving: bool = Field(
        default=False,
        description="The entity is to move: nothing is issued from now on, until it stays after "
        "all. Without it the file is a copy.",
    )
    secrets_for: Annotated[str, AfterValidator(_readable)] | None = Field(
        default=None,
        max_length=100,
        description="The key of the installation that takes the entity in (`gateway exit key`): "
        "keys and secrets of the vault go along, and only it opens them. It must be one that the "
        "operator has named, and the entity must be leaving. Without it they stay.",
    )

    @model_validator(mode="after")
    def _secrets_leave_once(self) -> Self:
        if self.secrets_for is not None and not self.leaving:
            raise ValueError("secrets go along only with an entity that is leaving")
        return self


class MoveInput(Input):
    """Where the entity moves to."""

    to: Annotated[str, AfterValidator(_of_a_log)] = Field(
        max_length=1000,
        description="Verifier key of the log of the installation that takes it in, as its"
        " `GET /v1/log/key` answers. No other lets the entity issue.",
    )


class MoveView(View):
    """How far an entity is that moves."""

    object: Literal["move"] = "move"
    entity_id: str
    state: Literal["leaving", "moved", "arriving", "here"]
    file: str | None = Field(description="SHA-256 of the manifest of the exit it goes with.")
    statement: str | None = Field(
        description="Signed by the log of this installation: the entity has moved with that file."
    )
