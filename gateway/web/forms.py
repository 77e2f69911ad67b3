"""What the forms of our pages send: their fields, and whether they are ours."""

from urllib.parse import parse_qs, urlsplit

from fastapi import Request

from gateway.problems import ForbiddenProblem
from gateway.tenants.access import site

_MAX_FORM = 4096
_MOST_FIELDS = 10


def must_be_ours(request: Request) -> None:
    """Refuse a form that a page of somebody else sent.

    Raises:
        ForbiddenProblem: Neither Origin nor Sec-Fetch-Site says that it comes from here.
    """
    origin = request.headers.get("origin")
    if origin is None and request.headers.get("sec-fetch-site") == "same-origin":
        return
    ours = {_origin(site(request)), _origin(str(request.base_url))}
    if origin is None or origin not in ours:
        raise ForbiddenProblem("This form must be sent from a page of this gateway.")


def is_secure(request: Request) -> bool:
    """Tell whether cookies can be bound to TLS."""
    return request.url.scheme == "https" or site(request).startswith("https:")


def field(content: bytes, name: str) -> str:
    """Return what a form sent in a field; empty for none, and for what no form of ours sends."""
    text = content[:_MAX_FORM].decode("ascii", "replace")
    if text.count("&") >= _MOST_FIELDS:
        return ""
    return parse_qs(text).get(name, [""])[0]


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
