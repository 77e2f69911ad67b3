"""Bindings: how the groups of the model stand in XML, declared once for both directions."""

from formats.binding.binding import Binding
from formats.binding.context import ReadContext, Trace, Unread, WriteContext
from formats.binding.kinds import (
    AMOUNT,
    BINARY,
    CODE,
    DATE,
    DECIMAL,
    IDENTIFIER,
    INDICATOR,
    TEXT,
    Kind,
    identifier,
)
from formats.binding.nodes import Branch, Constant, Each, Nested, Node, Odd, Shape, Value

__all__ = [
    "AMOUNT",
    "BINARY",
    "CODE",
    "DATE",
    "DECIMAL",
    "IDENTIFIER",
    "INDICATOR",
    "TEXT",
    "Binding",
    "Branch",
    "Constant",
    "Each",
    "Kind",
    "Nested",
    "Node",
    "Odd",
    "ReadContext",
    "Shape",
    "Trace",
    "Unread",
    "Value",
    "WriteContext",
    "identifier",
]
