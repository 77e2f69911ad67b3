"""What of an exchange may be kept and shown: all but secrets. Pure.

Of headers only those are kept that are named here or by the adapter; of the address and of bodies
everything but the parts whose names say that they are secret, here or by the adapter. What is
left out is gone: nothing that could be tried against a dictionary is kept of it either.
"""

import json
import re
from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import unquote_plus

from lxml import etree

from formats.xml import parse
from formats.xml_refusal import UnreadableDocumentError

HIDDEN = "(secret)"

RECORDED_HEADERS = frozenset(
    (
        *("accept", "accept-encoding", "accept-language", "age", "allow", "cache-control"),
        *("connection", "content-digest", "content-disposition", "content-encoding"),
        *("content-language", "content-length", "content-range", "content-type", "correlation-id"),
        *("date", "digest", "etag", "expires", "host", "idempotency-key", "if-match"),
        *("if-none-match", "keep-alive", "last-modified", "location", "message-id"),
        *("mime-version", "ratelimit", "ratelimit-limit", "ratelimit-policy"),
        *("ratelimit-remaining", "ratelimit-reset", "receiver-id", "request-id", "retry-after"),
        *("sender-id", "server", "soapaction", "traceparent", "transfer-encoding", "user-agent"),
        *("vary", "via", "warning", "www-authenticate", "x-correlation-id", "x-ratelimit-limit"),
        *("x-ratelimit-remaining", "x-ratelimit-reset", "x-request-id"),
    )
)
"""Names of headers whose values are kept, of requests and of answers."""

_SECRET = re.compile(
    r"(?i)authorization|cookie|password|passwd|passphrase|secret|token|api-?_?key|private-?_?key"
    r"|^pin$"
)
_QUERY = re.compile(r"([?&;#])([^=&;#?\s]+)=([^&;#\s]*)")
_USER = re.compile(r"(://)[^/@\s?#]*@")
_FORM = re.compile(rb"[^=&\s<>{}\"]+=[^&\s<>\"]*(?:&[^=&\s<>\"]+=[^&\s<>\"]*)*\s*")
_PAIR = re.compile(r"([?&])?([^=&\s]+)=([^&\s]*)")
_WRITTEN = re.compile(
    r"""(?<![\w.-])([\w.-]{1,200}+)(["']?\s*[:=]\s*["']?|>)([^\s"'<>&,;{}\[\]]+)"""
)
_TYPED = re.compile(rb"[^\x00-\x08\x0e-\x1f]*")  # bytes that somebody might read


def is_secret(name: str, names: Collection[str] = ()) -> bool:
    """Return whether a header, member, element or field of this name holds a secret.

    Args:
        name: Its name, without prefix.
        names: Further names that do, in lower case.
    """
    return name.lower() in names or _SECRET.search(name) is not None


def recorded(name: str, value: str, names: Collection[str] = ()) -> str:
    """Return the value of a header as it may be kept.

    Args:
        name: The header.
        value: Its value.
        names: Further headers whose values are kept, in lower case.
    """
    lower = name.lower()
    if lower in {"location", "content-location", "referer"}:
        return address(value)
    kept = lower in RECORDED_HEADERS or (lower in names and not is_secret(name))
    return value if kept else HIDDEN


def address(url: str, names: Collection[str] = ()) -> str:
    """Return an address without the secrets of its query, and without user and password."""

    def shown(match: re.Match[str]) -> str:
        sign, name, value = match.groups()
        hide = is_secret(unquote_plus(name), names) and value
        return f"{sign}{name}={HIDDEN if hide else value}"

    return _QUERY.sub(shown, _USER.sub(rf"\1{HIDDEN}@", url))


def masked_head(head: bytes) -> str:
    """Return request line and headers with the values of secret ones left out."""
    lines = head.decode("utf-8", "replace").split("\r\n")
    return "\r\n".join([address(lines[0]), *(_masked_line(line) for line in lines[1:])])


def masked_body(body: bytes, names: Collection[str] = ()) -> bytes:
    """Return a body without secrets: JSON, XML, a form, or what is left of one.

    One without any is returned as it is, byte for byte.

    Args:
        body: The body.
        names: Names of further parts that are secret, in lower case.
    """
    value = json_of(body)
    if value is not None:
        if not _has_secret(value, names):
            return body
        return json.dumps(_masked(value, names), ensure_ascii=False).encode()
    try:
        root = parse(body)
    except UnreadableDocumentError:
        return _masked_text(body, names)
    return etree.tostring(root, encoding="utf-8") if _blank(root, names) else body


def json_of(body: bytes) -> Any:  # noqa: ANN401 - any JSON but null, which counts as none
    """Return the JSON that a body is; None when it is none."""
    if not body[:64].lstrip().startswith((b"{", b"[")):
        return None
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _masked_line(line: str) -> str:
    name, colon, value = line.partition(": ")
    return f"{name}{colon}{HIDDEN if colon and is_secret(name) else value}"


def _has_secret(value: object, names: Collection[str]) -> bool:
    if isinstance(value, Mapping):
        return any(
            is_secret(str(name), names) or _has_secret(one, names) for name, one in value.items()
        )
    return isinstance(value, list) and any(_has_secret(one, names) for one in value)


def _masked(value: Any, names: Collection[str]) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, dict):
        return {
            name: HIDDEN if is_secret(name, names) else _masked(one, names)
            for name, one in value.items()
        }
    return [_masked(one, names) for one in value] if isinstance(value, list) else value


def _blank(root: etree._Element, names: Collection[str]) -> bool:
    """Blank what is secret in a tree; return whether anything was."""
    blanked = False
    for element in list(root.iter("{*}*")):
        for name in element.attrib:
            if is_secret(etree.QName(name).localname, names):
                element.set(name, HIDDEN)
                blanked = True
        if is_secret(etree.QName(element).localname, names) and (element.text or len(element)):
            for child in list(element):
                element.remove(child)
            element.text = HIDDEN
            blanked = True
    return blanked


def _masked_text(body: bytes, names: Collection[str]) -> bytes:
    """Return a form, or what is broken, without the values beside names of secrets."""
    if _TYPED.fullmatch(body) is None:
        return body  # no text: an archive, a picture
    pattern = _PAIR if _FORM.fullmatch(body) else _WRITTEN
    text = body.decode("latin-1")

    def shown(match: re.Match[str]) -> str:
        first, second, value = match.group(1) or "", match.group(2), match.group(3)
        name = second if pattern is _PAIR else first
        if not (value and is_secret(unquote_plus(name), names)):
            return match.group(0)
        return f"{first}{second}{'=' if pattern is _PAIR else ''}{HIDDEN}"

    return pattern.sub(shown, text).encode("latin-1")
