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
    field, so a user can look the rule up in the norm without reading our code.

    Attributes:
        id: The norm's identifier, or that of the extension which defines the field: `BT-X-8`.
        group: Business group of a term that our model keeps flat
            (``Term("BT-153", group="BG-31")``).
        also: The same thing in other dialects: `EXT-FR-FE-163` of France is `BT-X-8`.
        parts: Of a group that is one Python class in many places (a party): the identifiers of
            its fields in this place, the defining one first, as (field, identifiers).
        repeats: The term is the norm's and stands elsewhere too; here are the further occurrences
            that an extension allows.
    """

    id: str
    group: str | None = None
    also: tuple[str, ...] = ()
    parts: tuple[tuple[str, tuple[str, ...]], ...] = ()
    repeats: bool = False

    @property
    def ids(self) -> tuple[str, ...]:
        """Every identifier the field has, in all dialects; without those of its parts."""
        return (self.id, *self.also)

    def __get_pydantic_json_schema__(
        self, core_schema: "CoreSchema", handler: "GetJsonSchemaHandler"
    ) -> dict[str, Any]:
        names: dict[str, Any] = {"x-en16931": self.id}
        if self.also:
            names["x-also"] = list(self.also)
        if self.parts:
            names["x-parts"] = {field: list(ids) for field, ids in self.parts}
        return {**handler(core_schema), **names}
