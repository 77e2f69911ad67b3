"""Names in the environment that look like settings and are none: a misspelt one does nothing."""

import difflib
from collections.abc import Iterable

import structlog

from gateway.settings import Settings

_log = structlog.get_logger(__name__)

_PREFIX = "GATEWAY_"
# What commands take from the environment instead of an argument.
_ARGUMENTS = frozenset(
    {"GATEWAY_API_KEY", "GATEWAY_URL", "GATEWAY_KSEF_TOKEN", "GATEWAY_PKCS12_PASSWORD"}
)


def ignored(environment: Iterable[str]) -> dict[str, str | None]:
    """Return the names that begin as settings do and are none, each with the one likely meant.

    Args:
        environment: Names of variables.
    """
    settings = {name.upper(): f"{_PREFIX}{name.upper()}" for name in Settings.model_fields}
    named = {*settings.values(), *_ARGUMENTS}
    found: dict[str, str | None] = {}
    for name in sorted(environment):
        if name.upper().startswith(_PREFIX) and name.upper() not in named:
            bare = name.upper().removeprefix(_PREFIX)
            near = difflib.get_close_matches(bare, settings, n=1, cutoff=0.8)
            found[name] = settings[near[0]] if near else None
    return found


def warn(environment: Iterable[str]) -> None:
    """Say in the log which names do nothing; `gateway doctor` lists them, too."""
    for name, meant in ignored(environment).items():
        _log.warning("setting_ignored", name=name, meant=meant)
