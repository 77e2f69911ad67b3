"""Traces: spans by hand, so that one trace shows a document from its request to its verdict.

Only the API of OpenTelemetry is used. Without an SDK spans cost next to nothing and go nowhere;
who wants them installs one and names it in its own environment variables. Names and attributes are
words of the software: no id of a tenant, no number, no address.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.trace import Span, SpanKind, Status, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

HEADER = "traceparent"
_FORMAT = TraceContextTextMapPropagator()


@contextmanager
def span(
    name: str,
    attributes: Mapping[str, str | int] | None = None,
    *,
    kind: SpanKind = SpanKind.INTERNAL,
    within: Context | None = None,
) -> Iterator[Span]:
    """Open a span for the length of the block; what is opened in it becomes its child.

    An exception marks it as failed by its class alone: messages may say what is not ours to tell.

    Args:
        name: What is done.
        attributes: What else there is to know, in words of the software.
        kind: Whether it serves, calls or works.
        within: The trace it continues; None: the one that is open.
    """
    opened = tracer().start_as_current_span(
        name,
        within,
        kind,
        dict(attributes or {}),
        record_exception=False,
        set_status_on_exception=False,
    )
    with opened as made:
        try:
            yield made
        except Exception as error:
            made.set_status(Status(StatusCode.ERROR, type(error).__name__))
            raise


def tracer() -> trace.Tracer:
    """Return what makes spans: an SDK's, if one is installed."""
    return trace.get_tracer("gateway")


def continued(traceparent: str | None) -> Context | None:
    """Return the trace that a W3C `traceparent` names; None for none, or one that is none."""
    if traceparent is None:
        return None
    context = _FORMAT.extract({HEADER: traceparent})
    return context if trace.get_current_span(context).get_span_context().is_valid else None


def traceparent() -> str | None:
    """Return the open span as a W3C `traceparent`; None when there is none."""
    carrier = dict[str, str]()
    _FORMAT.inject(carrier)
    return carrier.get(HEADER)
