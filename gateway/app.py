"""The HTTP application: routers, and every error as a problem document."""

from collections.abc import Iterator, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from formats.json.shape import plain_message, pointer
from gateway import openapi, reference
from gateway.archive import endpoints as archive
from gateway.archive import entity_endpoints as entity_log
from gateway.archive import witness_endpoints as witness
from gateway.auditors import endpoints as auditors
from gateway.bulk import endpoints as bulk
from gateway.chains import endpoints as chains
from gateway.channels import endpoints as channels
from gateway.conversions import endpoints as conversions
from gateway.customers import endpoints as customers
from gateway.delivery import routers as delivery
from gateway.documents import actions, evidence, polling, series_endpoints
from gateway.documents import endpoints as documents
from gateway.envelope import Envelope, instance_of
from gateway.events import endpoints as events
from gateway.evidence_sets import endpoints as evidence_sets
from gateway.exits import endpoints as exits
from gateway.explanations import endpoints as explanations
from gateway.exports import endpoints as exports
from gateway.inbox import deliveries
from gateway.inbox import endpoints as inbox
from gateway.inbox import evidence as inbox_evidence
from gateway.intake import endpoints as intake
from gateway.items import endpoints as items
from gateway.jobs import endpoints as jobs
from gateway.kinds import DocumentKind
from gateway.kit.json_body import to_json
from gateway.ksef_access import endpoints as ksef_access
from gateway.monitoring import endpoints as monitoring
from gateway.numbering import endpoints as numbering
from gateway.payments import endpoints as payments
from gateway.pickups import endpoints as pickups
from gateway.preflight import endpoints as preflight
from gateway.premises import endpoints as premises
from gateway.problems import (
    InvalidPart,
    MalformedRequestProblem,
    MethodNotAllowedProblem,
    NotFoundProblem,
    Problem,
    RequestInvalidProblem,
)
from gateway.readiness import endpoints as readiness
from gateway.recurring import endpoints as recurring
from gateway.reports import endpoints as reports
from gateway.retention import destruction_endpoints, erasure_endpoints, hold_endpoints
from gateway.retention import endpoints as retention
from gateway.revalidations import endpoints as revalidations
from gateway.runtime import Runtime
from gateway.signatures import endpoints as signatures
from gateway.signing import endpoints as signing
from gateway.signing.secrets import endpoints as secrets
from gateway.tax import endpoints as tax
from gateway.taxes import endpoints as taxes
from gateway.templates import endpoints as templates
from gateway.tenants import endpoints as tenants
from gateway.tenants.activity_log import endpoints as activity
from gateway.tenants.api_keys import endpoints as api_keys
from gateway.tenants.links import endpoints as links
from gateway.tenants.members import endpoints as members
from gateway.tenants.sessions import endpoints as sessions
from gateway.tenants.users import endpoints as users
from gateway.transmissions import actions as transmission_actions
from gateway.transmissions import endpoints as transmissions
from gateway.transmissions.deadlines import endpoints as deadlines
from gateway.validations import endpoints as validations
from gateway.verifactu import endpoints as verifactu
from gateway.verifactu import kept_endpoints as kept_records
from gateway.version import VERSION
from gateway.vies import batch_endpoints, lane_endpoints, watch_endpoints
from gateway.vies import endpoints as vies
from gateway.web import embed, shared
from gateway.web.audit import routers as auditing
from gateway.webhooks import endpoints as webhooks

_DESCRIPTION = f"""\
Post an invoice; get back either a precise reason with a fix, or a legally issued document whose
every step can be proven later.

Authenticate with `Authorization: Bearer gw_sandbox_...` (or `gw_live_...`). A key of an account
names the entity in the header `Entity-Id` or in `?entity_id=`. Send an `Idempotency-Key` with
every POST, and repeating it is safe. Errors are problem documents (RFC 9457).

Ids: {openapi.describe_prefixes()}.
"""


def create_app(runtime: Runtime) -> FastAPI:
    """Return the application of a process; it uses the runtime and does not close it."""
    app = application(runtime.settings.max_body_bytes)
    app.state.runtime = runtime
    return app


def application(max_body_bytes: int) -> FastAPI:
    """Return the application without anything behind it: every route, ready to be described."""
    app = FastAPI(
        title="E-invoicing gateway",
        version=VERSION,
        description=_DESCRIPTION,
        docs_url=None,  # they load scripts from elsewhere; `reference` serves pages of our own
        redoc_url=None,
        redirect_slashes=False,
    )
    app.openapi = lambda: openapi.document(app)  # type: ignore[method-assign] # FastAPI's own way
    app.add_middleware(Envelope, max_body_bytes=max_body_bytes)
    app.add_exception_handler(Problem, _answer_problem)
    app.add_exception_handler(RequestValidationError, _answer_validation)
    app.add_exception_handler(HTTPException, _answer_http)
    for router in _routers():
        app.include_router(router)
    return app


def _routers() -> Iterator[APIRouter]:
    """Yield every router, those first that take a request from a later one."""
    yield from (monitoring.router, reference.router)
    yield tenants.account
    yield tenants.entities
    yield readiness.router
    yield from (api_keys.router, signing.router, signing.certificates, secrets.router)
    yield from (users.router, members.router, links.router)
    yield from (sessions.router, sessions.invitations, sessions.of_users)
    yield activity.router
    yield from (auditors.router, evidence_sets.router)
    yield from (embed.router, *auditing.routers)
    yield numbering.router
    yield series_endpoints.router
    yield from (premises.router, ksef_access.router)
    kept = (hold_endpoints, destruction_endpoints, erasure_endpoints, retention)
    yield from (part.router for part in kept)
    yield from (verifactu.router, kept_records.router)
    checks = (vies, batch_endpoints, watch_endpoints, lane_endpoints)
    yield from (customers.router, *(part.router for part in checks))
    yield from (items.router, taxes.router, templates.router)
    for kind in DocumentKind:
        yield intake.collection(kind)  # what asks for it; before the usual route
        yield documents.collection(kind)
    yield documents.all_documents()
    yield from (
        preflight.router,
        intake.router,
        deadlines.router,
        *delivery.routers(),
        shared.router,
    )
    yield actions.router
    yield payments.router
    yield conversions.router
    yield validations.router
    yield explanations.router
    yield signatures.router
    yield tax.router
    yield polling.router
    yield evidence.router
    yield from (transmissions.router, transmission_actions.router)
    yield chains.router
    yield events.router
    yield webhooks.event_types
    yield webhooks.router
    yield pickups.router
    yield inbox.router
    yield inbox_evidence.router
    yield channels.router
    yield deliveries.router
    yield from (archive.router, entity_log.router, witness.router)
    yield jobs.router
    yield reports.router
    yield recurring.router
    yield bulk.router
    yield from (exports.router, exits.router, revalidations.router)


def problem_response(problem: Problem, request: Request) -> Response:
    """Return a problem as the answer to a request."""
    body = to_json(problem.as_dict(instance_of(request.scope)))
    headers = {"Content-Type": "application/problem+json", **problem.headers}
    return Response(body, int(problem.status), headers)


def _answer_problem(request: Request, error: Exception) -> Response:
    if not isinstance(error, Problem):
        raise error
    return problem_response(error, request)


def _answer_validation(request: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        raise error
    return problem_response(_of_validation(error.errors()), request)


def _of_validation(errors: Sequence[Any]) -> Problem:
    parts: list[InvalidPart] = []
    for item in errors:
        place, *path = item["loc"]
        message = plain_message(item)
        if place == "path":
            return NotFoundProblem()
        if place == "body":
            parts.append({"pointer": pointer(path), "message": message})
        elif place == "header":
            parts.append({"header": str(path[0]), "message": message})
        else:
            parts.append({"parameter": str(path[0]), "message": message})
    return RequestInvalidProblem(parts)


def _answer_http(request: Request, error: Exception) -> Response:
    """Answer what Starlette itself refuses: unknown addresses, wrong methods."""
    if not isinstance(error, HTTPException):
        raise error
    problem: Problem
    match error.status_code:
        case HTTPStatus.NOT_FOUND:
            problem = NotFoundProblem("There is no such address; see /docs.")
        case HTTPStatus.METHOD_NOT_ALLOWED:
            problem = MethodNotAllowedProblem(
                f"{request.method} is not possible here.", headers=error.headers
            )
        case status if status < HTTPStatus.INTERNAL_SERVER_ERROR:
            problem = MalformedRequestProblem(str(error.detail))
        case _:
            raise error
    return problem_response(problem, request)
