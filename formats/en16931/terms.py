"""Business-term annotations: the link between a Python field and EN 16931."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import GetJsonSchemaHandler
    from pydantic_core import CoreSchema


@dataclass(frozen=True, slots=True)
class Term:
    """Marks a field with its EN 16931 identifier, e.g. ``Term("BT-31")``.

    The identifier reaches the JSON schema as ``x-en16931`` and every `Finding` that names the
    field, so a user can look the rule up in the norm without reading our code. `group` names the
    business group of a term that our model keeps flat (``Term("BT-153", group="BG-31")``).
    """

    id: str
    group: str | None = None

    def __get_pydantic_json_schema__(
        self, core_schema: "CoreSchema", handler: "GetJsonSchemaHandler"
    ) -> dict[str, Any]:
        return {**handler(core_schema), "x-en16931": self.id}
