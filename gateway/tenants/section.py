"""What every part of the settings is made of."""

from pydantic import BaseModel, ConfigDict


class Section(BaseModel):
    """Base of settings: unknown names are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)
