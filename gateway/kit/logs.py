"""Logs: one JSON object per line on stderr, in ASCII. Never bodies, never keys.

What strangers wrote can so neither begin a line nor turn the direction of one (U+2028, U+202E).

Values whose name says secret are replaced, and so is whatever looks like an API key or the
password of a URL, wherever it stands, tracebacks included. This is the last wall, not a licence.
"""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

_SECRET_NAME = re.compile(
    r"(?i)authorization|password|secret|api_?key|master_?key|token|cookie|^body$|^payload$"
    r"|private_?key|pkcs12|^pin$|_pin$"
)
_SECRET_VALUE = re.compile(
    r"gw_[a-z]+_[0-9A-Za-z]{8,}"
    r"|(?<=/s/)[\w-]{43}"
    r"|whsec_[0-9A-Za-z+/=]+"
    r"|(?<=://)(?P<user>[^:/@\s]*):[^/@\s]+(?=@)"
    r"|(?i:bearer\s+)[\w.~+/-]+"
    r"|-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*(?:-----END [A-Z ]*PRIVATE KEY-----)?"
)
_HIDDEN = "[hidden]"


def configure(level: int = logging.INFO) -> None:
    """Send all logs of this process, also those of libraries, through one pipeline to stderr."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
        structlog.processors.format_exc_info,
        hide_secrets,
    ]
    structlog.configure(
        processors=[*shared, structlog.processors.JSONRenderer(default=str)],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=True,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared[:-1],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            hide_secrets,
            structlog.processors.JSONRenderer(default=str),
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(max(level, logging.INFO))
    for chatty in ("uvicorn.access", "httpx2", "alembic", "pikepdf", "procrastinate"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


def hide_secrets(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Replace what must not be in a log; a structlog processor."""
    for name, value in event.items():
        event[name] = _HIDDEN if _SECRET_NAME.search(name) else _hidden(value)
    return event


def _hidden(value: Any) -> Any:  # noqa: ANN401 - whatever was logged
    if isinstance(value, str):
        return _SECRET_VALUE.sub(_replacement, value)
    if isinstance(value, dict):
        return {
            key: _HIDDEN if _SECRET_NAME.search(str(key)) else _hidden(item)
            for key, item in value.items()
        }
    if isinstance(value, list | tuple):
        return [_hidden(item) for item in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    return _SECRET_VALUE.sub(_replacement, str(value))


def _replacement(match: re.Match[str]) -> str:
    user = match["user"]
    return _HIDDEN if user is None else f"{user}:{_HIDDEN}"
