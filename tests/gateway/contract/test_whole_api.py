"""S5: the whole API does what its own description says, whatever is sent to it."""

import contextlib
import copy
import time
from collections.abc import Callable, Iterator
from typing import Any

import hypothesis
import pytest
import requests
from hypothesis.errors import FlakyStrategyDefinition
from schemathesis.python import asgi

from tests.gateway.contract.cases import SEED, Case, Sender, chosen, described, each
from tests.gateway.houses import Shop
from tests.gateway.matrix.bodies import FILES
from tests.gateway.matrix.stock import Stock

WALKS = 30

pytestmark = pytest.mark.timeout(1800)  # with --full


@pytest.fixture(scope="module")
def session(shop: Shop) -> Iterator[requests.Session]:
    app: Any = shop.house.client.app
    with asgi.get_client(app) as session:
        yield session


def test_every_operation_answers_as_described(
    shop: Shop,
    stock: Stock,
    session: requests.Session,
    request: pytest.FixtureRequest,
    figures: Callable[..., None],
) -> None:
    begun, full = time.monotonic(), bool(request.config.getoption("--full"))
    sender = Sender(shop, stock, session)
    for operation, ours in each(described(shop.house), alike=full):
        sender.send_all(operation, ours, 10 if full else 1)
    answers = sender.tally.answers
    figures(
        seed=SEED,
        cases=answers.total(),
        good=f"{sender.tally.good:.0%}",
        answers=dict(sorted(answers.items())),
        seconds=f"{time.monotonic() - begun:.0f}",
    )
    assert not sender.tally.wrong, "\n\n".join(sender.tally.wrong.values())
    assert max(answers) < 500
    assert sender.tally.good >= 0.3, "it only tested the door"


@pytest.mark.full
def test_what_was_made_is_there_and_what_was_deleted_is_gone(
    shop: Shop,
    session: requests.Session,
    figures: Callable[..., None],
) -> None:
    """Walks: schemathesis infers which answers hold the ids that other operations take."""
    schema = described(shop.house)
    inferred = schema.apply_stateful_inference(None)
    sender = Sender(shop, Stock({}), session)
    good = {
        str(ours): ours.request({})[1]["json"]
        for _, ours in each(schema)
        if ours.method == "POST" and ours.body is not None and "{" not in ours.path
        if ours.path not in FILES
    }

    class Walk(schema.as_state_machine()):  # type: ignore[misc] # made at run time
        """One walk from operation to operation."""

        def before_call(self, case: Case) -> None:
            if case.operation.label in good:  # so that there is something to walk on with
                case.body = copy.deepcopy(good[case.operation.label])

        def get_call_kwargs(self, case: Case) -> dict[str, Any]:
            return {"session": session, "headers": sender.headers_for(case)}

        def validate_response(self, response: Any, case: Case, **_: Any) -> None:  # noqa: ANN401
            sender.note(case, response, headers=sender.headers_for(case), recorder=self.recorder)

    for number in range(WALKS):
        # Answers differ from run to run (ids), which hypothesis takes for flaky; what is wrong
        # with them is not raised but kept.
        with contextlib.suppress(FlakyStrategyDefinition):
            hypothesis.seed(SEED + number)(Walk).run(settings=chosen(10, steps=8))
    answers = sender.tally.answers
    figures(links=inferred.selected, cases=answers.total(), good=f"{sender.tally.good:.0%}")
    assert not sender.tally.wrong, "\n\n".join(sender.tally.wrong.values())
