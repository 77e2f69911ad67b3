"""What the README tells people to send is accepted."""

import json
import re
from pathlib import Path

import pytest

from gateway.demo.api import Api

README = Path(__file__).parents[2] / "README.md"
_BODY = re.compile(r"/v1/(entities|invoices).*?-d '(\{.*?\})'", re.DOTALL)


@pytest.mark.official
def test_the_calls_of_the_readme_issue_an_invoice(api: Api) -> None:
    bodies = dict(_BODY.findall(README.read_text("utf-8")))
    entity = api.post("/v1/entities", json.loads(bodies["entities"]))
    issued = api.post(
        "/v1/invoices?finalize=true", json.loads(bodies["invoices"]), entity=entity.body["id"]
    )
    assert (entity.status, issued.status) == (201, 200), issued.body
    assert issued.body["number"] == "INV-000001"
    assert {layer["outcome"] for layer in issued.body["layers"]} == {"ran"}
