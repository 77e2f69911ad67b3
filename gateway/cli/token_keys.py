"""`gateway keys token`: a key of the token given to an entity. Only the operator may.

Over the API nobody may name keys there, since the token does not know whose they are.
"""

from collections.abc import Sequence
from pathlib import Path

from formats.signatures.signer import SignerError
from gateway.cli.key_rounds import opened
from gateway.kit import clock
from gateway.kit.console import err, fail, out
from gateway.kit.ids import parse_id, public_id
from gateway.kit.tenancy import Actor, Environment, Tenant
from gateway.problems import Problem
from gateway.signing import certificates, making
from gateway.signing.composition import tokens_of
from gateway.signing.kinds import WeakKeyError
from gateway.signing.making import NewKey, PublicHalf
from gateway.signing.purposes import PURPOSES
from gateway.signing.service import NoTokens
from gateway.tenants import activity
from gateway.tenants import service as tenants


def give(  # noqa: PLR0913 - one for each option
    label: str,
    *,
    account: str,
    entity: str,
    environment: Environment,
    name: str,
    purposes: Sequence[str],
    certificate: Path | None,
) -> int:
    """Give an entity a key of the token; print its id."""
    if unknown := sorted(set(purposes) - set(PURPOSES)):
        fail(f"there is no purpose {', '.join(unknown)}; there are {', '.join(PURPOSES)}", 2)
    with opened() as (database, _, settings):
        token = tokens_of(settings)
        if isinstance(token, NoTokens):
            fail("set GATEWAY_PKCS11_LIBRARY, _TOKEN and _PIN: there is no token")
        try:
            public, place = token.public(label)
            half = PublicHalf.of(public, "token")
            now = clock.now()
            operator = Actor("operator")
            tenant = Tenant(
                parse_id(account, "acc"),
                (parse_id(entity, "ent"),),
                environment,
                account_wide=True,
                actor=operator,
            )
            with database.transaction(tenant) as tx:
                tenants.get_entity(tx, tx.entity_id)
                bare = certificate is None
                row = making.refer(tx, NewKey(name, purposes), half, place, now)
                if certificate is not None:
                    given = certificates.read(certificate.read_text(encoding="ascii"))
                    making.add_certificate(tx, row, given, now)
                made = public_id("sgk", row.id)
                activity.record(tx, "give_token_key", subject_id=made, now=now)
        except (SignerError, WeakKeyError) as error:
            fail(str(error))
        except Problem as problem:
            fail(problem.detail)
    err.print(f"{name}: {half.kind}" + ("; it waits for its certificate" if bare else ""))
    out.print(made)
    return 0
