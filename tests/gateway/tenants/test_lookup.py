"""S12: PostgreSQL is asked for a digest; a secret in clear never reaches it."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from gateway.kit.secrets import MasterKey
from gateway.tenants.keys import Key
from tests.gateway.conftest import Account
from tests.gateway.tenants.people import added, exchange, link, session


@pytest.fixture
def asked() -> Iterator[list[str]]:
    """Everything that is sent to PostgreSQL, with its parameters."""
    statements = list[str]()

    def note(_c: object, _u: object, statement: str, parameters: object, *_: object) -> None:
        statements.append(f"{statement} {parameters!r}")

    sa.event.listen(sa.Engine, "before_cursor_execute", note)
    yield statements
    sa.event.remove(sa.Engine, "before_cursor_execute", note)


def test_no_statement_holds_a_secret(account: Account, asked: list[str]) -> None:
    user = added(account, account.new_entity(), send_invite=True)
    made = link(account, user)["token"]
    secrets = [account.key, made, user["invitation"]["token"], session(account, user)]
    assert exchange(account, made).status_code == 201
    assert account.call("GET", "/v1/entities", key=secrets[-1]).status_code == 200
    assert len(asked) > 20
    assert not [text for text in asked for secret in secrets if secret[-40:] in text]


def test_secrets_alike_have_digests_that_are_not() -> None:
    """So how far a comparison of digests got tells nothing about the secret."""
    master, keys = MasterKey(b"1" * 32), [Key.new("live") for _ in range(64)]
    digests = [key.hash(master) for key in keys]
    assert len({digest[:2] for digest in digests}) > 55
    assert {len(digest) for digest in digests} == {32}
