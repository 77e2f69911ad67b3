"""The sample requests of the ministry's OpenAPI, put to the local KSeF."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.gateway.sandbox.ksef.api import Caller, open_api

pytestmark = pytest.mark.official

EXPECTED: dict[str, int] = {
    "/certificates/enrollments": 25003,  # of somebody else
    "/certificates/retrieve": 200,
    "/certificates/query": 200,
    "/testdata/subject": 200,
    "/testdata/subject/remove": 200,
    "/testdata/person": 200,
    "/testdata/person/remove": 200,
    "/testdata/permissions": 200,
    "/testdata/permissions/revoke": 200,
    "/testdata/attachment": 200,
    "/testdata/attachment/revoke": 200,
    "/permissions/persons/grants": 202,
    "/permissions/entities/grants": 202,
    "/permissions/authorizations/grants": 202,
    "/permissions/indirect/grants": 501,
    "/permissions/subunits/grants": 202,
    "/permissions/eu-entities/administration/grants": 501,
    "/permissions/eu-entities/grants": 403,  # in the context of an EU entity only
    "/invoices/query/metadata": 200,
    "/invoices/exports": 21470,  # a key of the ministry's, not ours
    "/tokens": 202,
    "/auth/xades-signature": 21111,  # a challenge of the ministry's
    "/auth/ksef-token": 21111,
    "/sessions/online": 21470,
    "/sessions/batch": 21470,
    "/permissions/query/personal/grants": 200,
    "/permissions/query/persons/grants": 200,
    "/permissions/query/subunits/grants": 200,
    "/permissions/query/entities/grants": 200,
    "/permissions/query/subordinate-entities/roles": 200,
    "/permissions/query/authorizations/grants": 200,
    "/permissions/query/eu-entities/grants": 501,
}
"""By path: an HTTP status, or the `exceptionCode` of a 400."""


def _answered(caller: Caller, path: str, sample: Any) -> int:  # noqa: ANN401 - JSON or text
    body = sample.encode() if isinstance(sample, str) else sample
    answer = caller.call("POST", path, body)
    if answer.status_code != 400:
        return answer.status_code
    found: int = answer.json()["exception"]["exceptionDetailList"][0]["exceptionCode"]
    return found


def test_samples_get_the_answers_that_the_api_has_for_them(caller: Caller, official: Path) -> None:
    found = {}
    for path, item in open_api(official)["paths"].items():
        for operation in item.values():
            for held in operation.get("requestBody", {}).get("content", {}).values():
                if "example" in held and "{" not in path:
                    found[path] = _answered(caller, path, held["example"])
    assert found == EXPECTED, json.dumps(found, indent=4)
