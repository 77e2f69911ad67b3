"""What the gateway says about itself: kinds of problems, and its API, readable offline."""

import hashlib
from base64 import b64encode
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from gateway.problems import NotFoundProblem, Problem, problem_types

router = APIRouter(tags=["Gateway"])

_STYLE = """
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem;border-bottom:1px solid #ddd}
code,pre{font:13px/1.45 ui-monospace,monospace}pre{white-space:pre-wrap}
summary{cursor:pointer;padding:.2rem 0}b{display:inline-block;min-width:4rem}
table{border-collapse:collapse}td{padding:.15rem 1rem .15rem 0;vertical-align:top}
"""
_STYLE_HASH = b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()


@router.get("/problems", include_in_schema=False)
def list_problems() -> HTMLResponse:
    """List every kind of problem."""
    kinds = sorted(problem_types().items())
    rows = "".join(
        f'<tr><td>{int(kind.status)}<td><a href="/problems/{name}">{name}</a>'
        f"<td>{escape(kind.title)}"
        for name, kind in kinds
    )
    return _page("Problems", f"<table>{rows}</table>")


@router.get("/problems/{name}")
def explain_problem(request: Request, name: str) -> Response:
    """Explain a kind of problem; the `type` of every problem document leads here."""
    kind = problem_types().get(name)
    if kind is None:
        raise NotFoundProblem
    if "text/html" in request.headers.get("accept", ""):
        return _page(kind.title, _explained(kind))
    lines = [f"{kind.title} ({int(kind.status)})", "", kind.explanation(), ""]
    return Response("\n".join(lines), media_type="text/plain; charset=utf-8")


def _explained(kind: type[Problem]) -> str:
    return f"<p><code>{kind.type}</code>, {int(kind.status)}</p><pre>{escape(kind.explanation())}"


@router.get("/docs", include_in_schema=False)
def documentation(request: Request) -> HTMLResponse:
    """Show the API as a page that needs nothing from elsewhere."""
    schema: Mapping[str, Any] = request.app.openapi()
    info = schema["info"]
    links = '<a href="/openapi.json">openapi.json</a> · <a href="/problems">problems</a>'
    parts = [f"<pre>{escape(info['description'])}</pre><p>{links}</p>"]
    groups: dict[str, list[str]] = {}
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            tag = operation.get("tags", ["Other"])[0]
            groups.setdefault(tag, []).append(_operation(method, path, operation))
    for tag, shown in groups.items():
        parts.append(f"<h2>{escape(tag)}</h2>{''.join(shown)}")
    parts.append("<h2>Schemas</h2>")
    for name, model in schema["components"]["schemas"].items():
        parts.append(_model(name, model))
    return _page(info["title"], "".join(parts))


def _operation(method: str, path: str, operation: Mapping[str, Any]) -> str:
    rows = [
        (f"<code>{part['name']}</code>", part["in"], escape(part.get("description", "")))
        for part in operation.get("parameters", [])
    ]
    rows += [
        ("body", "", _type(content["schema"]))
        for content in operation.get("requestBody", {}).get("content", {}).values()
    ]
    for status, response in operation["responses"].items():
        bodies = response.get("content", {}).values()
        rows.append((status, "", " ".join(_type(body.get("schema", {})) for body in bodies)))
    heading = f"<b>{method.upper()}</b> <code>{escape(path)}</code> "
    heading += escape(operation.get("summary", ""))
    return _details(heading, operation.get("description", ""), rows)


def _model(name: str, model: Mapping[str, Any]) -> str:
    required = model.get("required", [])
    rows = []
    for field, schema in model.get("properties", {}).items():
        kind = _type(schema) + (" required" if field in required else "")
        about = f"{schema.get('x-en16931', '')} {schema.get('description', '')}"
        rows.append((f"<code>{escape(field)}</code>", kind, escape(about)))
    heading = f'<code id="{escape(name)}">{escape(name)}</code>'
    return _details(heading, model.get("description", ""), rows)


def _details(heading: str, about: str, rows: Sequence[tuple[str, str, str]]) -> str:
    table = "".join(f"<tr><td>{name}<td>{kind}<td>{text}" for name, kind, text in rows)
    return (
        f"<details><summary>{heading}</summary><p>{escape(about)}</p>"
        f"<table>{table}</table></details>"
    )


def _type(schema: Mapping[str, Any]) -> str:
    if "$ref" in schema:
        name = escape(str(schema["$ref"]).rpartition("/")[2])
        return f'<a href="#{name}">{name}</a>'
    if "anyOf" in schema:
        return " | ".join(_type(option) for option in schema["anyOf"])
    if schema.get("type") == "array":
        return f"array of {_type(schema.get('items', {}))}"
    return escape(str(schema.get("type", "")))


def _page(title: str, body: str) -> HTMLResponse:
    page = (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{_STYLE}</style><h1>{escape(title)}</h1>{body}</html>"
    )
    policy = f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; frame-ancestors 'none'"
    return HTMLResponse(page, headers={"Content-Security-Policy": policy})
