"""The HTTP application: routers, and every error as a problem document."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from formats.json.shape import plain_message, pointer
from gateway import openapi, reference
from gateway.archive import endpoints as archive
from gateway.bulk import endpoints as bulk
from gateway.channels import endpoints as channels
from gateway.conversions import endpoints as conversions
from gateway.customers import endpoints as customers
from gateway.delivery import routers as delivery
from gateway.documents import actions, evidence, polling, series_endpoints
from gateway.documents import endpoints as documents
from gateway.envelope import Envelope, instance_of
from gateway.events import endpoints as events
from gateway.explanations import endpoints as explanations
from gateway.exports import endpoints as exports
from gateway.inbox import deliveries
from gateway.inbox import endpoints as inbox
from gateway.inbox import evidence as inbox_evidence
from gateway.items import endpoints as items
from gateway.jobs import endpoints as jobs
from gateway.kinds import DocumentKind
from gateway.kit.json_body import to_json
from gateway.numbering import endpoints as numbering
from gateway.payments import endpoints as payments
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
from gateway.runtime import Runtime
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
from gateway.transmissions import endpoints as transmissions
from gateway.validations import endpoints as validations
from gateway.version import VERSION
from gateway.vies import batch_endpoints, lane_endpoints, watch_endpoints
from gateway.vies import endpoints as vies
from gateway.web import embed, shared
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
    app.include_router(reference.router)
    app.include_router(tenants.account)
    app.include_router(tenants.entities)
    app.include_router(readiness.router)
    app.include_router(api_keys.router)
    app.include_router(users.router)
    app.include_router(members.router)
    app.include_router(links.router)
    for router in (sessions.router, sessions.invitations, sessions.of_users):
        app.include_router(router)
    app.include_router(activity.router)
    app.include_router(embed.router)
    app.include_router(numbering.router)
    app.include_router(series_endpoints.router)
    checks = (vies, batch_endpoints, watch_endpoints, lane_endpoints)
    for router in (customers.router, *(part.router for part in checks)):
        app.include_router(router)
    app.include_router(items.router)
    app.include_router(taxes.router)
    app.include_router(templates.router)
    for kind in DocumentKind:
        app.include_router(documents.collection(kind))
    app.include_router(documents.all_documents())
    for router in (*delivery.routers(), shared.router):
        app.include_router(router)
    app.include_router(actions.router)
    app.include_router(payments.router)
    app.include_router(conversions.router)
    app.include_router(validations.router)
    app.include_router(explanations.router)
    app.include_router(tax.router)
    app.include_router(polling.router)
    app.include_router(evidence.router)
    app.include_router(transmissions.router)
    app.include_router(events.router)
    app.include_router(webhooks.event_types)
    app.include_router(webhooks.router)
    app.include_router(inbox.router)
    app.include_router(inbox_evidence.router)
    app.include_router(channels.router)
    app.include_router(deliveries.router)
    app.include_router(archive.router)
    app.include_router(jobs.router)
    app.include_router(reports.router)
    app.include_router(recurring.router)
    app.include_router(bulk.router)
    app.include_router(exports.router)
    return app


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
