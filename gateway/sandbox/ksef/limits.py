"""Limits: how often, how large, how many; and the calls that tell and change them."""

import datetime
from collections import deque
from math import ceil

from gateway.sandbox.kit.replies import Reply
from gateway.sandbox.ksef.ask import Ask
from gateway.sandbox.ksef.forms import answered
from gateway.sandbox.ksef.office import Limits
from gateway.sandbox.ksef.routes import LIMITS
from gateway.sandbox.ksef.shelf import Json

SESSION = {"maxInvoiceSizeInMB": 1, "maxInvoiceWithAttachmentSizeInMB": 3, "maxInvoices": 10_000}
ENROLMENTS, CERTIFICATES = 300, 100
_PERIODS = (1.0, 60.0, 3600.0)
_NAMES = ("perSecond", "perMinute", "perHour")


class Windows:
    """Calls of the last hour: sliding windows, never aligned (limity-api.md, 1)."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, str], deque[float]] = {}

    def wait(self, limits: tuple[str, Limits], context: str, now: datetime.datetime) -> int | None:
        """Note a call; or return for how many seconds there may be none.

        A call that is turned away does not count: real blocks are "dynamic", and not published.
        """
        group, values = limits
        moment = now.timestamp()
        seen = self._seen.setdefault((group, context), deque())
        while seen and seen[0] <= moment - _PERIODS[-1]:
            seen.popleft()
        for most, period in zip(values, _PERIODS, strict=True):
            if most is None:
                continue
            inside = [one for one in seen if one > moment - period]
            if len(inside) >= most:
                return max(ceil(inside[-most] + period - moment), 1) if most else int(period)
        seen.append(moment)
        return None


def session_limits(ask_office: "Ask", kind: str) -> Json:
    """Return the limits of online or batch sessions in a context."""
    own = ask_office.office.shelf.get("session-limits", ask_office.context) or {}
    found: Json = own.get(kind, SESSION)
    return found


def _context(ask: Ask) -> Reply:
    kinds = ("onlineSession", "batchSession")
    return answered({kind: session_limits(ask, kind) for kind in kinds})


def _set_session(ask: Ask) -> Reply:
    said = ask.body("onlineSession", "batchSession")
    ask.office.shelf.put("session-limits", ask.context, said, ask.context)
    return answered()


def _unset_session(ask: Ask) -> Reply:
    ask.office.shelf.drop("session-limits", ask.context)
    return answered()


def subject_limits(ask: Ask) -> Json:
    """Return how many certificates whoever calls may have."""
    own = ask.office.shelf.get("subject-limits", ask.context) or {}
    enrolment, certificate = own.get("enrollment") or {}, own.get("certificate") or {}
    return {
        "enrollment": {"maxEnrollments": enrolment.get("maxEnrollments") or ENROLMENTS},
        "certificate": {"maxCertificates": certificate.get("maxCertificates") or CERTIFICATES},
    }


def _subject(ask: Ask) -> Reply:
    return answered(subject_limits(ask))


def _set_subject(ask: Ask) -> Reply:
    ask.office.shelf.put("subject-limits", ask.context, ask.body(), ask.context)
    return answered()


def _unset_subject(ask: Ask) -> Reply:
    ask.office.shelf.drop("subject-limits", ask.context)
    return answered()


def _rates(ask: Ask) -> Reply:
    said = {}
    for group in LIMITS:
        if group != "open":
            _, values = ask.office.allowed(group, ask.context)
            most = (2**31 - 1 if one is None else one for one in values)
            said[group] = dict(zip(_NAMES, most, strict=True))
    return answered(said)


def _set_rates(ask: Ask) -> Reply:
    said = ask.body("rateLimits")["rateLimits"]
    ask.office.shelf.put("rate-limits", ask.context, {"values": said}, ask.context)
    return answered()


def _unset_rates(ask: Ask) -> Reply:
    ask.office.shelf.drop("rate-limits", ask.context)
    return answered()


def _production(ask: Ask) -> Reply:
    ask.office.shelf.put("rate-limits", ask.context, {"mode": "production"}, ask.context)
    return answered()


HANDLERS = {
    "context_limits": _context,
    "subject_limits": _subject,
    "rate_limits": _rates,
    "set_session_limits": _set_session,
    "unset_session_limits": _unset_session,
    "set_subject_limits": _set_subject,
    "unset_subject_limits": _unset_subject,
    "set_rate_limits": _set_rates,
    "unset_rate_limits": _unset_rates,
    "production_rate_limits": _production,
}
