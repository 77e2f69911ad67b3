"""HTTP for permissions and tokens at KSeF: `/v1/ksef`."""

from collections.abc import Callable
from contextlib import contextmanager
from http import HTTPStatus
from typing import Annotated, Any, Literal, Protocol

from fastapi import APIRouter, Path, Query, Request, Response

from gateway.kit import clock
from gateway.kit.database import Database
from gateway.kit.idempotency import Answer, Idempotency, Once, in_hand
from gateway.kit.ids import parse_id
from gateway.kit.json_body import JsonContent, parse_json, to_json, validated
from gateway.kit.tenancy import Tenant, TenantTransaction
from gateway.ksef_access.schemas import (
    AccessView,
    GrantInput,
    GrantList,
    KsefTokenInput,
    KsefTokenList,
    OperationView,
)
from gateway.ksef_access.service import KsefAccess
from gateway.openapi import takes
from gateway.signing.secrets import service as secrets
from gateway.signing.secrets.endpoints import secret_json
from gateway.signing.secrets.schemas import SecretView
from gateway.tenants.access import (
    CallerDependency,
    NamedEntity,
    WriterDependency,
    entity_tenant,
    must_exist,
    writer_transaction,
)
from gateway.tenants.callers import Caller

router = APIRouter(prefix="/v1/ksef", tags=["KSeF"])


Fresh = Annotated[bool, Query(description="Ask KSeF now, whatever it said a while ago.")]


class Doors(Protocol):
    """What these endpoints need of the runtime."""

    @property
    def database(self) -> Database:
        """The pools of the process."""

    @property
    def ksef_access(self) -> KsefAccess:
        """Asks KSeF."""


class _ToBeDoneError(Exception):
    """Ends the first transaction of a request that was not answered before."""


@router.get("/access", response_model=AccessView, summary="Say what the entity may do at KSeF")
def read_ksef_access(
    request: Request,
    caller: CallerDependency,
    named: NamedEntity,
    fresh: Fresh = False,  # noqa: FBT002 - a query parameter
) -> dict[str, Any]:
    """Log in as who sends the entity's invoices, and say what he may do.

    The answer is kept for `GATEWAY_PL_KSEF_PERMISSION_SECONDS`, and used by preflights.
    """
    doors, tenant = _asking(request, caller, named)
    return doors.ksef_access.standings.of(tenant, fresh=fresh).as_dict()


@router.get("/grants", response_model=GrantList, summary="List permissions at KSeF")
def list_ksef_grants(
    request: Request, caller: CallerDependency, named: NamedEntity
) -> dict[str, Any]:
    """List what others may do at KSeF in the entity's name, as KSeF tells it now."""
    doors, tenant = _asking(request, caller, named)
    return {"data": doors.ksef_access.grants(tenant), "next_cursor": None}


@router.post(
    "/grants",
    response_model=OperationView,
    openapi_extra=takes(GrantInput),
    summary="Grant a permission at KSeF",
)
def create_ksef_grant(
    request: Request,
    caller: WriterDependency,
    named: NamedEntity,
    once: Idempotency,
    content: JsonContent,
) -> Response:
    """Have KSeF grant a permission in the entity's name, and wait until it has.

    It is asked for with the entity's key of the purpose `authentication`, whose holder must be the
    owner of the NIP, or have `CredentialsManage`.
    """

    def grant(doors: Doors, tenant: Tenant) -> Callable[[TenantTransaction], Answer]:
        given = validated(GrantInput, parse_json(content))
        done = doors.ksef_access.grant(tenant, given.grant())
        return lambda _: Answer(HTTPStatus.OK, to_json(done))

    return _done(request, caller, named, once, grant)


@router.delete(
    "/grants/{permission}", response_model=OperationView, summary="Revoke a permission at KSeF"
)
def delete_ksef_grant(
    request: Request,
    caller: WriterDependency,
    named: NamedEntity,
    permission: Annotated[
        str, Path(pattern="^[0-9A-Za-z-]{1,64}$", description="KSeF's id of the permission.")
    ],
    to: Annotated[
        Literal["person", "authorization"], Query(description="As the list of grants says.")
    ] = "person",
) -> dict[str, Any]:
    """Have KSeF revoke a permission, and wait until it has."""
    doors, tenant = _asking(request, caller, named)
    done = doors.ksef_access.revoke(tenant, permission, authorization=to == "authorization")
    with contextmanager(writer_transaction)(request, caller, named):
        return done


@router.get("/tokens", response_model=KsefTokenList, summary="List KSeF tokens")
def list_ksef_tokens(
    request: Request, caller: CallerDependency, named: NamedEntity
) -> dict[str, Any]:
    """List the tokens of the entity's NIP, as KSeF tells it now, and which of them are here."""
    doors, tenant = _asking(request, caller, named)
    return {"data": doors.ksef_access.tokens(tenant), "next_cursor": None}


@router.post(
    "/tokens",
    status_code=HTTPStatus.CREATED,
    response_model=SecretView,
    openapi_extra=takes(KsefTokenInput),
    summary="Make a KSeF token",
)
def create_ksef_token(
    request: Request,
    caller: WriterDependency,
    named: NamedEntity,
    once: Idempotency,
    content: JsonContent,
) -> Response:
    """Have KSeF make a token, and keep it in the vault without showing it to anybody.

    KSeF makes tokens only for who logged in with a signature: the entity needs a key of the
    purpose `authentication`. From then on invoices are sent with the token.
    """

    def make(doors: Doors, tenant: Tenant) -> Callable[[TenantTransaction], Answer]:
        given = validated(KsefTokenInput, parse_json(content))
        made = doors.ksef_access.make_token(tenant, given)

        def told(tx: TenantTransaction) -> Answer:
            return Answer(HTTPStatus.CREATED, to_json(secret_json(secrets.get(tx, made))))

        return told

    return _done(request, caller, named, once, make)


@router.delete(
    "/tokens/{secret_id}", status_code=HTTPStatus.NO_CONTENT, summary="Revoke a KSeF token"
)
def delete_ksef_token(
    request: Request, caller: WriterDependency, named: NamedEntity, secret_id: str
) -> Response:
    """Have KSeF revoke a token of the vault for good, and wipe it here."""
    doors, tenant = _asking(request, caller, named)
    identifier = parse_id(secret_id, "sct")
    doors.ksef_access.revoke_token(tenant, identifier)
    with contextmanager(writer_transaction)(request, caller, named) as tx:
        secrets.delete(tx, identifier, clock.now())
    return Response(status_code=HTTPStatus.NO_CONTENT)


def _asking(request: Request, caller: Caller, named: str | None) -> tuple[Doors, Tenant]:
    """Return whom to ask and for whom, once it is sure that the entity is the caller's."""
    doors: Doors = request.app.state.runtime
    tenant = entity_tenant(caller, named)
    with doors.database.transaction(tenant, read_only=True) as tx:
        must_exist(tx, of_account=caller.entity_id is None)
    return doors, tenant


def _done(
    request: Request,
    caller: Caller,
    named: str | None,
    once: Once,
    do: Callable[[Doors, Tenant], Callable[[TenantTransaction], Answer]],
) -> Response:
    """Ask KSeF between two transactions; who repeats the request gets its answer.

    What is asked for there is done at once, and cannot be rolled back: who sends the same while it
    is being done is told so, and asks nobody.

    Raises:
        IdempotencyInFlightProblem: The same is being asked for.
    """
    doors: Doors = request.app.state.runtime
    opened = contextmanager(writer_transaction)
    tenant = entity_tenant(caller, named)
    with in_hand(doors.database.session_connection, tenant, once):
        try:
            with opened(request, caller, named) as tx:
                return once(tx, _stop)
        except _ToBeDoneError:
            answered = do(doors, tenant)
        with opened(request, caller, named) as tx:
            return once(tx, lambda: answered(tx))


def _stop() -> Answer:
    """End the first transaction: the request was not answered before."""
    raise _ToBeDoneError
