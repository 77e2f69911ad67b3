"""A logo on its way into the settings: checked, kept beside them, named there by its digest."""

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from formats.pdf.logo import checked_logo
from gateway.problems import RequestInvalidProblem

_POINTER = "/settings/pdf_template/logo"
_REFERENCE = "sha256:"
_DATA_URL = re.compile(r"data:image/[a-z+.-]+;base64,")


@dataclass(frozen=True, slots=True)
class Branded:
    """A merge patch on settings without the logo's bytes.

    Attributes:
        patch: What to merge.
        logo: The new logo; None where the patch brings none.
    """

    patch: Any
    logo: bytes | None


def branded(present: Mapping[str, Any], patch: object) -> Branded:
    """Take the logo out of a patch on settings.

    A template given by name alone becomes an object, so that it keeps the colours there are; a
    logo given one way takes the place of one given the other way.

    Args:
        present: The settings to be changed.
        patch: What the caller sent as settings.

    Raises:
        RequestInvalidProblem: The logo is given both ways, or cannot be drawn.
    """
    if not isinstance(patch, Mapping):
        return Branded(patch, None)
    template = patch.get("pdf_template")
    if isinstance(template, str):
        return Branded({**patch, "pdf_template": {"name": template}}, None)
    if not isinstance(template, Mapping):
        return Branded(patch, None)
    template = dict(template)
    given, address = template.get("logo"), template.get("logo_url")
    if given is not None and address is not None:
        raise RequestInvalidProblem(
            [{"pointer": _POINTER, "message": "is given beside logo_url", "fix": "give one"}]
        )
    logo = None
    if isinstance(given, str) and not _is_present(present, given):
        logo = _read(given)
        template["logo"] = _REFERENCE + hashlib.sha256(logo).hexdigest()
    if given is not None:
        template["logo_url"] = None
    elif address is not None:
        template["logo"] = None
    return Branded({**patch, "pdf_template": template}, logo)


def has_own_logo(settings: Mapping[str, Any]) -> bool:
    """Tell whether settings name a logo whose bytes are kept beside them."""
    template = settings.get("pdf_template")
    return isinstance(template, Mapping) and template.get("logo") is not None


def _is_present(settings: Mapping[str, Any], given: str) -> bool:
    """Tell whether a logo is the one shown before: the settings as read may be sent back."""
    template = settings.get("pdf_template")
    return isinstance(template, Mapping) and template.get("logo") == given


def _read(given: str) -> bytes:
    try:
        content = base64.b64decode(_DATA_URL.sub("", given, count=1), validate=True)
    except ValueError:
        raise _refused("is not base64 (RFC 4648 section 4)") from None
    try:
        return checked_logo(content).content
    except ValueError as error:
        raise _refused(str(error)) from None


def _refused(message: str) -> RequestInvalidProblem:
    fix = "send a PNG, JPEG or SVG of at most 1 MiB in base64"
    return RequestInvalidProblem([{"pointer": _POINTER, "message": message, "fix": fix}])
