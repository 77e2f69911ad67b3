"""Every address of this feature, for the application."""

from collections.abc import Iterator

from fastapi import APIRouter

from gateway.delivery import endpoints, share_endpoints
from gateway.delivery.pdf_endpoints import pdfs
from gateway.kinds import DocumentKind


def routers() -> Iterator[APIRouter]:
    """Yield the routers: for each kind, for all documents, and for what has no document."""
    for kind in DocumentKind:
        yield pdfs((kind,))
        yield endpoints.sending((kind,))
    yield pdfs()
    yield endpoints.sending()
    yield endpoints.reminding
    yield endpoints.router
    yield share_endpoints.router
