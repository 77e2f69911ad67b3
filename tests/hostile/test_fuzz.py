"""S6: whatever becomes of a document or of a rule file, nothing but what is declared comes out."""

import datetime
import random
from pathlib import Path

import pytest

from formats.validation.compilation import code_of
from formats.validation.engine import EngineError
from gateway.compliance.validation import Validator
from gateway.place import Place
from gateway.validations.judged import Asked
from gateway.validations.service import judge
from schemas import Catalog

pytestmark = [pytest.mark.official, pytest.mark.timeout(3600)]

DAY = datetime.date(2026, 11, 20)
PLACES = ("en16931/ubl/examples", "en16931/cii/examples", "peppol-bis3/rules/examples")
TOKENS = (
    *(b"<", b">", b"&", b"]]>", b"<!--", b"<![CDATA[", b"<!DOCTYPE x>", b"<?x?>", b"\0", b"\xff"),
    *(
        b"NaN",
        b"-1E5",
        b"9" * 400,
        b"&#0;",
        b"xmlns:p='u'",
        b' a=""',
        b"\xc2\xa0",
        b"()",
        b"'",
        b"[1]",
    ),
)


def _mutant(content: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.choice((1, 1, 2, 4))):
        at = chance.randrange(len(content))
        match chance.randrange(6):
            case 0:
                content = content[:at] + bytes([chance.randrange(256)]) + content[at + 1 :]
            case 1:
                content = content[:at] + content[at + chance.randrange(1, 60) :]
            case 2:
                content = content[:at] + content[at : at + chance.randrange(200)] + content[at:]
            case 3:
                content = content[:at] + chance.choice(TOKENS) + content[at:]
            case 4:  # a whole element goes
                begin = content.find(b"<", at)
                end = content.find(b">", content.find(b"</", begin)) if begin >= 0 else -1
                content = content[:begin] + content[end + 1 :] if end > 0 else content
            case _:  # a value is replaced
                begin = content.find(b">", at) + 1
                end = content.find(b"<", begin)
                token = chance.choice(TOKENS)
                content = content[:begin] + token + content[end:] if end > 0 else content
    return content or b"<"


def test_no_mutant_of_a_document_makes_judging_fail(
    pytestconfig: pytest.Config, official: Path, tmp_path: Path
) -> None:
    place = Place.of({"GATEWAY_DATA": str(tmp_path), "GATEWAY_SCHEMAS_DIR": str(official)})
    validator = Validator.open(place)
    sources = [
        content
        for folder in PLACES
        for content in map(Path.read_bytes, sorted((official / folder).glob("*.xml")))
        if len(content) < 60_000  # the small ones, to see more of them
    ]
    read = 0
    for seed in range(4000 if pytestconfig.getoption("--full") else 60):
        chance = random.Random(seed)  # noqa: S311 - to be drawn again
        content = _mutant(chance.choice(sources), chance)
        judged = judge(content, Asked(DAY), validator)
        crashed = [each for each in judged.report.layers if each.outcome == "crashed"]
        assert not crashed, (seed, crashed)
        assert judged.report.layers, seed
        read += len(judged.report.layers) > 1
    assert read > 5, "it only tested the door"


@pytest.mark.parametrize("family", ["de.xrechnung:ubl", "eu.peppol.bis3:invoice"])
def test_no_mutant_of_a_rule_file_comes_out_as_anything_but_a_refusal(
    pytestconfig: pytest.Config, official: Path, family: str
) -> None:
    artefact = Catalog([official]).resolve(family, DAY)
    refused = 0
    count = 300 if pytestconfig.getoption("--full") else 5
    for seed in range(count):
        chance = random.Random(seed)  # noqa: S311 - to be drawn again
        spoilt = _mutant(artefact.content, chance)
        object.__setattr__(artefact, "files", {**artefact.files, artefact.entry: spoilt})
        try:
            code_of(artefact)
        except EngineError:
            refused += 1
    assert refused > count / 10
