"""A tracer that keeps its spans in memory, as an SDK would send them somewhere."""

import itertools
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.trace import Span, SpanContext, SpanKind, Status, StatusCode, TraceFlags
from typing_extensions import override


class MemorySpan(Span):
    """A span that remembers what it was told."""

    def __init__(self, name: str, kind: SpanKind, context: SpanContext, parent: int) -> None:
        self.name, self.kind, self.context, self.parent = name, kind, context, parent
        self.attributes: dict[str, Any] = {}
        self.status: str | None = None
        self.ended = False

    @override
    def end(self, end_time: int | None = None) -> None:
        self.ended = True

    @override
    def get_span_context(self) -> SpanContext:
        return self.context

    @override
    def set_attributes(self, attributes: Mapping[str, Any]) -> None:
        self.attributes |= attributes

    @override
    def set_attribute(self, key: str, value: Any) -> None:
        self.attributes[key] = value

    @override
    def add_event(self, name: str, attributes: Any = None, timestamp: int | None = None) -> None:
        raise AssertionError("no events are told: their texts are not ours")

    @override
    def update_name(self, name: str) -> None:
        self.name = name

    @override
    def is_recording(self) -> bool:
        return not self.ended

    @override
    def set_status(self, status: Status | StatusCode, description: str | None = None) -> None:
        assert isinstance(status, Status)
        self.status = status.description

    @override
    def record_exception(self, *_: Any, **__: Any) -> None:
        raise AssertionError("no exceptions are told: their texts are not ours")


class MemoryTracer(trace.Tracer):
    """Makes such spans."""

    def __init__(self) -> None:
        self.spans: list[MemorySpan] = []
        self._numbers = itertools.count(1)

    @override
    def start_span(
        self,
        name: str,
        context: Context | None = None,
        kind: SpanKind = SpanKind.INTERNAL,
        attributes: Any = None,
        *_: Any,
        **__: Any,
    ) -> MemorySpan:
        parent = trace.get_current_span(context).get_span_context()
        number = next(self._numbers)
        trace_id = parent.trace_id if parent.is_valid else number
        own = SpanContext(trace_id, number, is_remote=False, trace_flags=TraceFlags(1))
        made = MemorySpan(name, kind, own, parent.span_id)
        made.set_attributes(attributes or {})
        self.spans.append(made)
        return made

    @override
    @contextmanager
    def start_as_current_span(  # type: ignore[override] # the rest is passed on
        self, *arguments: Any, **options: Any
    ) -> Iterator[Span]:
        made = self.start_span(*arguments, **options)
        with trace.use_span(
            made, end_on_exit=True, record_exception=False, set_status_on_exception=False
        ) as current:
            yield current

    def named(self, name: str) -> list[MemorySpan]:
        return [one for one in self.spans if one.name == name]
