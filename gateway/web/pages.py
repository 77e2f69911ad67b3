"""How a page is made: templates that escape everything, and headers that allow no script."""

import hashlib
from base64 import b64encode
from typing import Any

from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined, Template

STYLE = """
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222}
h1{font-size:1.5rem}table{border-collapse:collapse;width:100%}
td,th{padding:.35rem 1rem .35rem 0;text-align:left;border-bottom:1px solid #ddd}
.amount{text-align:right;font-variant-numeric:tabular-nums}
button{font:inherit;padding:.5rem 1.25rem;border:1px solid #555;border-radius:.25rem}
"""
_HASH = b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
_HEADERS = {
    "Content-Security-Policy": (
        f"default-src 'none'; style-src 'sha256-{_HASH}'; form-action 'self';"
        " base-uri 'none'; frame-ancestors 'none'"
    ),
    # With no-referrer, browsers would send `Origin: null` with the forms of the page.
    "Referrer-Policy": "same-origin",
}
_templates = Environment(
    loader=PackageLoader("gateway.web"), autoescape=True, undefined=StrictUndefined
)


def template(name: str) -> Template:
    """Return a template; whatever is put into it is escaped."""
    return _templates.get_template(name)


def page(name: str, *, status: int = 200, **words: Any) -> HTMLResponse:  # noqa: ANN401 - as Jinja takes them
    """Return a page made of a template."""
    text = template(name).render(style=STYLE, **words)
    return HTMLResponse(text, status, _HEADERS)
