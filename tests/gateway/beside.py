"""A gateway beside a local authority: one door for people, one for who has a certificate."""

import base64
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.sandbox.kit.certified import CertifiedDesk
from gateway.sandbox.kit.door import running
from tests.gateway.houses import House, Shop, opened

D = TypeVar("D", bound=CertifiedDesk)


@contextmanager
def opened_beside(
    postgres: EmbeddedPostgres, home: Path, channel: str, office: Callable[[Path], D]
) -> Iterator[tuple[House, str, D]]:
    """Open a gateway and an authority; yield the gateway, the people's door and the authority.

    Args:
        channel: As the gateway's settings begin: `si_furs_test`.
        office: Makes the authority in a directory.
    """
    directory = home / "authority"
    directory.mkdir()
    made = office(directory)
    with running(made) as plain, running(made, tls=made.tls) as secured:
        made.ca.here = plain.url
        chosen = {f"{channel}_url": secured.url, f"{channel}_trust": directory / "ca.pem"}
        with opened(postgres, home / "house", **chosen) as house:
            yield house, plain.url, made
    made.book.close()


def give_key(shop: Shop, name: str, purpose: str, pkcs12: bytes, password: str) -> None:
    """Put a key into a shop's vault."""
    body = {
        "name": name,
        "purposes": [purpose],
        "pkcs12": base64.b64encode(pkcs12).decode(),
        "password": password,
    }
    made = shop.call("POST", "/v1/signing-keys/import", body)
    assert made.status_code == 201, made.text
