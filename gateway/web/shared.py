"""The page behind a share link: one document, without login, and nothing else.

A link that is unknown, expired or revoked shows the same page. Nothing on it runs, nothing comes
from elsewhere, and no search engine keeps it. Like every answer of ours it sends no referrer.
"""

import datetime
import functools
from collections.abc import Callable, Mapping
from decimal import Decimal
from http import HTTPStatus
from importlib import resources
from typing import Protocol

from fastapi import APIRouter, Request, Response

from formats.pdf.colors import readable_on, readable_on_white
from formats.pdf.language import LOCALES, Language
from formats.pdf.logo import checked_logo
from formats.pdf.view import view
from formats.pdf.view.facts import Fact
from gateway.delivery import sharing
from gateway.delivery.pdf_endpoints import download
from gateway.delivery.problems import LogoUnavailableProblem
from gateway.delivery.renditions import Renditions
from gateway.delivery.sharing import Sharing
from gateway.delivery.wording import facts_of, words
from gateway.documents.service import Documents
from gateway.kinds import DocumentKind
from gateway.kit import clock
from gateway.kit.database import Database
from gateway.kit.ids import public_id
from gateway.kit.tenancy import Tenant, TenantTransaction
from gateway.problems import NotFoundProblem
from gateway.tenants import service as tenants
from gateway.tenants.rates import RateLimitedProblem, Rates
from gateway.web.pages import template

router = APIRouter(include_in_schema=False)

_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}
_PAYABLE = frozenset(
    {
        DocumentKind.INVOICE,
        DocumentKind.ADVANCE_INVOICE,
        DocumentKind.SELF_BILLED_INVOICE,
        DocumentKind.PROFORMA,
    }
)
_IMAGES = {"png": "image/png", "jpg": "image/jpeg", "svg": "image/svg+xml"}


class Doors(Protocol):
    """What the page needs of the runtime."""

    @property
    def database(self) -> Database:
        """The pools of the process."""

    @property
    def documents(self) -> Documents:
        """The documents of this process."""

    @property
    def renditions(self) -> Renditions:
        """Draws them."""

    @property
    def sharing(self) -> Sharing:
        """Its share links."""

    @property
    def rates(self) -> Rates:
        """How often they were asked for."""


class Payable(Protocol):
    """What says how far a document is paid."""

    @property
    def kind(self) -> DocumentKind:
        """What it is."""

    @property
    def state(self) -> str:
        """Issued, voided or corrected."""

    @property
    def currency_code(self) -> str | None:
        """Of its amounts."""

    @property
    def amount_due(self) -> Decimal | None:
        """What it asks for; None where that is nothing."""

    @property
    def amount_credited(self) -> Decimal:
        """What credit notes took back."""

    @property
    def amount_paid(self) -> Decimal:
        """What was paid."""

    @property
    def open_amount(self) -> Decimal:
        """What is left to pay."""


@router.get("/s/{token}")
def shared_page(request: Request, token: str) -> Response:
    """Show a document."""
    return _opened(request, token, functools.partial(_page, token), counted=True)


@router.get("/s/{token}/pdf")
def shared_pdf(request: Request, token: str) -> Response:
    """Return its PDF."""

    def show(door: Doors, tx: TenantTransaction, public: str) -> Response:
        row = door.documents.find(tx, public)
        return download(door.renditions.pdf(tx, row, clock.now()))

    return _opened(request, token, show, counted=True)


@router.get("/s/{token}/xml")
def shared_xml(request: Request, token: str) -> Response:
    """Return its XML."""

    def show(door: Doors, tx: TenantTransaction, public: str) -> Response:
        file = door.renditions.xml(tx, door.documents.find(tx, public))
        if file is None:
            raise NotFoundProblem
        return download(file)

    return _opened(request, token, show, counted=True)


@router.get("/s/{token}/logo")
def shared_logo(request: Request, token: str) -> Response:
    """Return the sender's logo."""

    def show(door: Doors, tx: TenantTransaction, _: str) -> Response:
        logo = _logo(door, tx)
        if logo is None:
            raise NotFoundProblem
        kind = _IMAGES[checked_logo(logo).kind]
        return Response(logo, media_type=kind, headers=_HEADERS)

    return _opened(request, token, show)


@router.get("/s/{token}/brand.css")
def shared_brand(request: Request, token: str) -> Response:
    """Return the sender's colour."""

    def show(door: Doors, tx: TenantTransaction, _: str) -> Response:
        color = door.renditions.look(tx).primary_color
        ink, on = readable_on_white(color), readable_on(color)
        style = f":root {{ --brand: {color}; --on: {on}; --ink: {ink}; }}\n"
        return Response(style, media_type="text/css", headers=_HEADERS)

    return _opened(request, token, show)


@router.get("/assets/shared.css")
def stylesheet() -> Response:
    """Return how these pages look."""
    style = (resources.files("gateway.web") / "assets" / "shared.css").read_bytes()
    headers = {"Cache-Control": "public, max-age=3600"}
    return Response(style, media_type="text/css", headers=headers)


def _opened(
    request: Request,
    token: str,
    show: Callable[[Doors, TenantTransaction, str], Response],
    *,
    counted: bool = False,
) -> Response:
    """Answer for what a link leads to, in a transaction of its entity; or with a page of ours."""
    door: Doors = request.app.state.runtime
    now = clock.now()
    try:
        door.rates.count_visit(request)
        found = door.sharing.find(door.database, token, now)
        if found is None:
            return _gone(request)
        door.rates.count_opening(found.id)
    except RateLimitedProblem as problem:
        return _busy(request, problem)
    tenant = Tenant(found.account_id, (found.entity_id,), found.environment)
    try:
        with door.database.transaction(tenant) as tx:
            row = door.documents.get(tx, found.document_id)
            if counted:
                sharing.seen(tx, found.id, now)
            answer = show(door, tx, public_id(row.kind.prefix, row.id))
    except NotFoundProblem:
        return _gone(request)
    for name, value in _HEADERS.items():
        answer.headers[name] = value
    return answer


def _page(token: str, door: Doors, tx: TenantTransaction, public: str) -> Response:
    now = clock.now()
    row = door.documents.find(tx, public)
    entity = tenants.get_entity(tx, tx.entity_id)
    look = door.renditions.look(tx)
    invoice = door.renditions.invoice(tx, row, now)
    facts = facts_of(invoice, look.locale, invoice.seller.name or entity.name, open_amount=None)
    hidden = look.options(row.kind, logo=None).hide_prices
    status = status_of(
        row,
        due=invoice.payment_due_date,
        today=now.astimezone(tenants.zone_of(entity)).date(),
    )
    shown = view(invoice, facts.printed, priced=not hidden)
    content = template("shared.html").render(
        language=facts.printed.code,
        view=shown,
        labels=facts.printed.labels,
        words=facts.words,
        token=token,
        logo=_logo(door, tx) is not None,
        status=status,
        due=_asked(row, status, shown["due"], facts.printed),
        status_word=facts.words[f"status_{status}"],
        xml=door.renditions.xml(tx, row) is not None,
        shown_by=facts.say("sent_with"),
    )
    return Response(content, media_type="text/html; charset=utf-8")


def status_of(row: Payable, *, due: datetime.date | None, today: datetime.date) -> str:
    """Return where a document stands, in the words of the page."""
    if row.state in {"voided", "corrected"}:
        return row.state
    if row.kind not in _PAYABLE or row.amount_due is None:
        return "issued"
    if row.open_amount <= 0:
        return "corrected" if row.amount_credited > row.amount_paid else "paid"
    if due is not None and due < today:
        return "overdue"
    return "partially_paid" if row.amount_paid > 0 else "open"


def _asked(row: Payable, status: str, due: Fact | None, printed: Language) -> Fact | None:
    """Return what the page asks for: what is open; None where that is nothing."""
    if due is None or status in {"paid", "corrected", "voided"}:
        return None
    if status == "issued" or row.open_amount == row.amount_due or row.currency_code is None:
        return due
    return due[0], printed.money(row.open_amount, row.currency_code)


def _logo(door: Doors, tx: TenantTransaction) -> bytes | None:
    """Return the logo; a page is shown without one that cannot be had."""
    try:
        return door.renditions.logo(tx, door.renditions.look(tx), clock.now())
    except LogoUnavailableProblem:
        return None


def _gone(request: Request) -> Response:
    return _said(request, "gone", HTTPStatus.NOT_FOUND, _HEADERS)


def _busy(request: Request, problem: RateLimitedProblem) -> Response:
    headers = {**_HEADERS, **problem.headers}
    return _said(request, "busy", HTTPStatus.TOO_MANY_REQUESTS, headers)


def _said(request: Request, what: str, status: HTTPStatus, headers: Mapping[str, str]) -> Response:
    """Return a page that says why there is no document, in the visitor's language."""
    wanted = request.headers.get("accept-language", "")[:2].lower()
    language = wanted if wanted in LOCALES else "en"
    content = template("gone.html").render(language=language, words=words(language), said=what)
    return Response(content, status, headers, media_type="text/html; charset=utf-8")
