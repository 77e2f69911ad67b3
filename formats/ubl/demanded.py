"""Elements that UBL demands of a group that says something, and that the group may lack.

They are written empty, as they were read: the schema takes that, and the rules tell what is
missing.
"""

from collections.abc import Sequence

from formats.binding import Odd, WriteContext
from formats.en16931.comparison import is_empty
from formats.en16931.group import Group
from formats.xml import WHITESPACE


def demanded(tag: str, field: str) -> Odd:
    """Return what stands behind the `Value` of a text: its element, when the text is absent."""

    def write(group: Group, _context: WriteContext) -> Sequence[str]:
        text: str | None = getattr(group, field)
        return () if (text and text.strip(WHITESPACE)) or is_empty(group) else (f"<{tag}/>",)

    return Odd((), lambda _nodes, _values, _context: None, write)
