"""A house with a shop in it, shared by the tests of a file."""

from collections.abc import Iterator

import pytest

from gateway.kit.embedded_postgres import EmbeddedPostgres
from tests.gateway.delivery.mailbox import Mailbox, served
from tests.gateway.delivery.posts import Post
from tests.gateway.houses import House, Shop, opened


@pytest.fixture(scope="module")
def house(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with opened(postgres, tmp_path_factory.mktemp("house")) as made:
        yield made


@pytest.fixture
def shop(house: House) -> Shop:
    """A Slovenian seller in the sandbox."""
    return Shop.opened(house)


@pytest.fixture(scope="module")
def box() -> Mailbox:
    return Mailbox()


@pytest.fixture(scope="module")
def posting(
    postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory, box: Mailbox
) -> Iterator[House]:
    with (
        served(box) as port,
        opened(
            postgres,
            tmp_path_factory.mktemp("post"),
            smtp_url=f"smtp+plain://127.0.0.1:{port}",
            mail_from="invoices@gateway.example",
            sandbox_mail=True,
            webhook_allow_private="127.0.0.0/8",
        ) as house,
    ):
        yield house


@pytest.fixture
def post(posting: House, box: Mailbox) -> Post:
    posting.sql("update email_queue set due_at = now() + interval '99 years'")  # of other tests
    box.taken.clear()
    box.at_data, box.at_rcpt = None, {}
    return Post(Shop.opened(posting), box)
