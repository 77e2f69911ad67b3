import base64
import datetime
from pathlib import Path
from typing import Any

import pytest

from formats.facturae import read, read_element, write
from formats.facturae.names import DS
from formats.facturae.signing import POLICY, SignerRole, role_of, sign_facturae
from formats.signatures.report import Indication, Outcome, SubIndication
from formats.signatures.trust import Terms, TrustStore
from formats.signatures.xml import SigningError, check, read_signed
from formats.xml import parse
from tests.formats.facturae.spanish import ordinary, violations
from tests.formats.signatures import pki

AT = datetime.datetime(2026, 11, 22, 9, 30, tzinfo=datetime.UTC)
XADES = "http://uri.etsi.org/01903/v1.3.2#"
House = tuple[pki.Entity, pki.Entity, pki.Entity]


@pytest.fixture(scope="module")
def house() -> House:
    return pki.house()


def terms(house: House) -> Terms:
    return Terms(TrustStore("tests", (house[0].der,)), AT)


def signed(house: House, **changes: Any) -> bytes:  # noqa: ANN401 - fields of a draft
    return sign_facturae(write(ordinary(**changes)), house[2].signer(), at=AT)


@pytest.mark.official
def test_a_signed_invoice_passes_covers_all_and_fits_the_schema(
    official: Path, house: House
) -> None:
    content = signed(house)
    report = check(content, terms(house))
    (one,) = report.signatures
    assert (one.indication, one.format) == (Indication.TOTAL_PASSED, "XAdES-B")
    assert violations(official, content) == []
    assert parse(content)[-1].tag == f"{{{DS}}}Signature"
    assert read_element(read_signed(one)) == read(content) == read(write(ordinary()))
    policy = next(entry for entry in one.checks if entry.id == "policy")
    assert policy.outcome is Outcome.NOT_JUDGED  # the policy's PDF is not ours to carry


@pytest.mark.parametrize(
    ("changes", "role"),
    [
        ({}, "supplier"),
        ({"type_code": "389"}, "customer"),
        (
            {
                "extensions": {
                    "facturae": {"third_party_name": "Gestoría", "third_party_number": "B99999999"}
                }
            },
            "third party",
        ),
    ],
)
def test_policy_and_role_are_named(house: House, changes: dict[str, Any], role: str) -> None:
    root = parse(signed(house, **changes))
    found = {
        name: root.findtext(f".//{{{XADES}}}{name}") for name in ("Identifier", "ClaimedRole")
    }
    assert found == {"Identifier": POLICY.identifier, "ClaimedRole": role}
    held = root.find(f".//{{{XADES}}}SigPolicyHash")
    assert held is not None
    assert held.findtext(f"{{{DS}}}DigestValue") == base64.b64encode(POLICY.digest).decode()


def test_what_is_changed_afterwards_fails(house: House) -> None:
    content = signed(house)
    for before, after in ((b"F2026/00017", b"F2026/00018"), (b">supplier<", b">customer<")):
        forged = content.replace(before, after)
        assert forged != content
        assert check(forged, terms(house)).indication is Indication.TOTAL_FAILED


def test_another_role_may_be_named(house: House) -> None:
    content = write(ordinary())
    made = sign_facturae(content, house[2].signer(), at=AT, role=SignerRole.THIRD_PARTY)
    assert parse(made).findtext(f".//{{{XADES}}}ClaimedRole") == "third party"
    assert role_of(content) is SignerRole.SUPPLIER


def test_what_facturae_does_not_take_is_not_signed(house: House) -> None:
    signer = house[2].signer()
    content = write(ordinary())
    with pytest.raises(SigningError, match="takes one"):
        sign_facturae(signed(house), signer, at=AT)
    with pytest.raises(SigningError, match="Only Facturae"):
        sign_facturae(b"<a/>", signer, at=AT)
    with pytest.raises(SigningError, match="RSA"):
        sign_facturae(content, pki.root(key=pki.ec_key("facturae")).signer(), at=AT)


@pytest.mark.official
def test_the_signed_example_names_the_same_policy_and_its_mathematics_are_told(
    official: Path,
) -> None:
    path = official / "es-facturae" / "examples" / "factura-prueba-v1-2-0.xsig"
    content = path.read_bytes()
    root = parse(content)
    assert root.findtext(f".//{{{XADES}}}Identifier") == POLICY.identifier
    held = root.find(f".//{{{XADES}}}SigPolicyHash")
    assert held is not None
    digest = (held.findtext(f"{{{DS}}}DigestValue") or "").strip()
    assert base64.b64decode(digest) == POLICY.digest
    (one,) = check(content, Terms(None, AT)).signatures
    outcomes = {(entry.id, entry.outcome) for entry in one.checks}
    assert {("reference", Outcome.PASSED), ("signature", Outcome.PASSED)} <= outcomes
    # It holds, and does not pass: it is of 2013 or later and its digests are SHA-1.
    assert one.sub_indication is SubIndication.CRYPTO_CONSTRAINTS_FAILURE


@pytest.mark.official
def test_the_other_xsig_files_are_not_signed(official: Path) -> None:
    found = list((official / "es-facturae" / "examples-older").glob("*/*.xsig"))
    assert len(found) == 3
    for path in found:
        assert check(path.read_bytes(), Terms(None, AT)).signatures == ()
