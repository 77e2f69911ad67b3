"""What schemathesis makes of the API's own description, sent to a gateway that has one of each.

Generated ids lead nowhere, so each operation gets those of the stock, and one case in three has
the body that the tests know to be good. What only stands in the way is taken out: a second name
of the entity, waiting, places in lists that nobody gave out.
"""

import contextlib
import copy
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import hypothesis
import requests
import schemathesis
from hypothesis import HealthCheck, Phase
from hypothesis.errors import Unsatisfiable
from hypothesis.strategies import SearchStrategy
from schemathesis import Case as AnyCase
from schemathesis.checks import CHECKS
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok
from schemathesis.core.transport import Response
from schemathesis.generation.modes import GenerationMode
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.schemas import OpenApiSchema

from gateway.kinds import DocumentKind
from tests.gateway.houses import House, Shop
from tests.gateway.matrix.bodies import FILES
from tests.gateway.matrix.operations import Operation, operations
from tests.gateway.matrix.stock import Stock

Case = AnyCase[Any]
AnyOperation = APIOperation[Any, Any, Any, Any]

SEED = 5
_ALIKE = tuple(
    f"/v1/{kind.collection}" for kind in DocumentKind if kind is not DocumentKind.INVOICE
)
_REJECTION: Any = CHECKS.get_one("negative_data_rejection")
IN_THE_WAY = ("entity_id", "wait")
"""Parameters of a query that are not tried here: the entity a second time, which only disagrees
with the first (tests/gateway/tenants), and how long to wait for news."""

KEEPS_ANYTHING: Mapping[str, str] = {
    "POST /v1/inbox": "what somebody received is kept as it is, also when it is no document",
    "POST /v1/validate": "that a document is wrong is its answer, with findings and status 200",
}
"""Operations whose body cannot be wrong, and why: `negative_data_rejection` is not for them."""


@dataclass
class Tally:
    """What was sent, what came back, and what is wrong with it."""

    answers: Counter[int] = field(default_factory=Counter)
    wrong: dict[str, str] = field(default_factory=dict)

    @property
    def good(self) -> float:
        """The share of 2xx."""
        return sum(n for status, n in self.answers.items() if status < 300) / self.answers.total()


def described(house: House) -> OpenApiSchema:
    """Return the API as it describes itself, to be held to every check that there is.

    `positive_data_acceptance` takes 400 and 422 for an answer too: no schema can say what the law,
    the entity's settings and the state of a document demand (a rate for category S, `to` not
    before `from`, a buyer who is not the seller), and 422 with a pointer is what is documented
    for it. It still refuses 405, 406, 413, 415 and 428.
    """
    config = SchemathesisConfig()
    project = config.projects.get_default()
    project.checks.positive_data_acceptance.expected_statuses += ["400", "422"]
    project.generation.with_security_parameters = False  # the check `ignored_auth` spoils the key
    app: Any = house.client.app
    schema = schemathesis.openapi.from_dict(_cut(app.openapi()), config=config)
    schema.app = app
    return schema


def _cut(document: dict[str, Any]) -> dict[str, Any]:
    """Return a description without what is in the way."""
    cut = copy.deepcopy(document)
    for operations_there in cut["paths"].values():
        for operation in operations_there.values():
            if "parameters" in operation:
                operation["parameters"] = [
                    one
                    for one in operation["parameters"]
                    if one["in"] != "query" or one["name"] not in IN_THE_WAY
                ]
    return cut


def chosen(count: int, steps: int = 1) -> hypothesis.settings:
    """Return settings for so many examples, the same every time, without shrinking for hours."""
    return hypothesis.settings(
        max_examples=count,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )


def each(schema: OpenApiSchema, *, alike: bool = True) -> Iterator[tuple[AnyOperation, Operation]]:
    """Yield every operation, as schemathesis and as our tests see it.

    Args:
        alike: Also those of nine collections of documents that are made as the first one is.
    """
    ours = {one.key: one for one in operations()}
    for found in schema.get_all_operations():
        assert isinstance(found, Ok), found
        operation = found.ok()
        if alike or not operation.path.startswith(_ALIKE):
            yield operation, ours[operation.method.upper(), operation.path]


@dataclass
class Sender:
    """Sends cases in the name of a shop and holds the answers to the description."""

    shop: Shop
    stock: Stock
    session: requests.Session
    tally: Tally = field(default_factory=Tally)

    def send_all(self, operation: AnyOperation, ours: Operation, count: int) -> None:
        """Send so many good cases, described cases and spoilt cases of an operation."""
        known: dict[str, Any] = {
            "path_parameters": {
                place.name: value
                for place in ours.places
                if place.where == "path" and (value := self.stock.of(ours, place))
            },
            "headers": self._headers(ours),
        }
        positive, negative = GenerationMode.POSITIVE, GenerationMode.NEGATIVE
        self._run(count, operation.as_strategy(positive, **known))
        if ours.body is not None and ours.path not in FILES:
            sent = ours.request({})[1]["json"]
            known_body = {"body": sent, "media_type": _media(ours)}
            self._run(count, operation.as_strategy(positive, **known, **known_body))
        if ours.body is not None or list(operation.query):  # or there is nothing to spoil
            with contextlib.suppress(Unsatisfiable):  # any text is good there
                self._run(count, operation.as_strategy(negative, **known))

    def _run(self, count: int, cases: SearchStrategy[Case]) -> None:
        hypothesis.seed(SEED)(chosen(count)(hypothesis.given(cases)(self.send)))()

    def send(self, case: Case) -> None:
        """Send one case and note what is wrong with the answer."""
        headers = self.headers_for(case)
        self.note(case, case.call(session=self.session, headers=headers), headers=headers)

    def headers_for(self, case: Case) -> dict[str, str]:
        """Return what is sent beside the case: who calls, and a key nobody used before."""
        headers = {"Authorization": f"Bearer {self.shop.key}", "Entity-Id": self.shop.entity}
        if case.meta is None or case.meta.generation.mode.is_positive:
            headers["Idempotency-Key"] = str(uuid4())
        return headers

    def note(self, case: Case, answer: Response, **more: Any) -> None:  # noqa: ANN401 - its own
        """Count an answer, and keep what the checks have against it."""
        self.tally.answers[int(answer.status_code)] += 1
        excluded = [_REJECTION] if case.operation.label in KEEPS_ANYTHING else []
        try:
            case.validate_response(answer, excluded_checks=excluded, **more)
        except FailureGroup as group:
            for failure in group.exceptions:
                name = f"{type(failure).__name__}: {case.operation.label}"
                self.tally.wrong.setdefault(name, f"{failure}\n{case.as_curl_command()}")

    def _headers(self, ours: Operation) -> dict[str, str]:
        key = {"Authorization": f"Bearer {self.shop.key}"}
        return key | ({"Entity-Id": self.shop.entity} if ours.names_entity else {})


def _media(ours: Operation) -> str:
    """Return the JSON that an operation takes: plain, or a patch to merge."""
    content: Mapping[str, Any] = ours.described["requestBody"]["content"]
    return next(kind for kind in content if kind.endswith("json"))
