"""Material that disagrees: the word that somebody was revoked wins, whoever brought the other."""

import itertools
from base64 import b64encode
from dataclasses import replace

import pytest
from asn1crypto import cms, crl

from formats.signatures import cms_making
from formats.signatures.report import SubIndication
from formats.signatures.trust import Revocations, Terms, TrustStore, check_path
from formats.signatures.verification import verify
from formats.signatures.xml import Properties, sign_enveloped
from tests.formats.signatures.pki import DAY, END, NOW, ec_key, house

TOP, MIDDLE, LEAF = house()
STORE = TrustStore("test", (TOP.der,))
GONE = SubIndication.REVOKED_NO_POE
OLD, NEW = NOW - 5 * DAY, NOW - DAY
BEFORE = NOW - 2 * DAY

GOOD_ANSWERS = {
    "old good answer": MIDDLE.ocsp(LEAF, made=OLD),
    "new good answer": MIDDLE.ocsp(LEAF, made=NEW),
}
GOOD_LISTS = {
    "old good list": MIDDLE.crl(made=OLD),
    "new good list": MIDDLE.crl(made=NEW),
}
BAD_ANSWERS = {
    "answer": MIDDLE.ocsp(LEAF, BEFORE, made=NEW),
    "older answer": MIDDLE.ocsp(LEAF, OLD - DAY, made=OLD),
    "stale answer": MIDDLE.ocsp(LEAF, OLD - 9 * DAY, made=OLD - 8 * DAY, until=OLD - 7 * DAY),
    "answer of now": MIDDLE.ocsp(LEAF, NOW, made=NOW),
    "answer from after the end": MIDDLE.ocsp(LEAF, BEFORE, made=END + DAY, until=END + 9 * DAY),
}
BAD_LISTS = {
    "list": MIDDLE.crl([(LEAF, BEFORE)], made=NEW),
    "older list": MIDDLE.crl([(LEAF, OLD - DAY)], made=OLD),
    "stale list": MIDDLE.crl([(LEAF, OLD - 9 * DAY)], made=OLD - 8 * DAY, until=OLD - 7 * DAY),
    "list of now": MIDDLE.crl([(LEAF, NOW)], made=NOW),
    "list from after the end": MIDDLE.crl([(LEAF, BEFORE)], made=END + DAY, until=END + 9 * DAY),
}
UNSIGNED = (
    b"<xades:UnsignedProperties><xades:UnsignedSignatureProperties><xades:RevocationValues>"
    b"<xades:OCSPValues><xades:EncapsulatedOCSPValue>%s</xades:EncapsulatedOCSPValue>"
    b"</xades:OCSPValues></xades:RevocationValues></xades:UnsignedSignatureProperties>"
    b"</xades:UnsignedProperties>"
)


def why(crls: tuple[bytes, ...] = (), ocsps: tuple[bytes, ...] = ()) -> SubIndication | None:
    known = Revocations((TOP.crl(), *crls), ocsps)
    return check_path(LEAF.chain, STORE, NOW, known, revocation="require")[1]


@pytest.mark.parametrize("bad", BAD_ANSWERS)
def test_an_answer_that_says_revoked_wins_in_every_order(bad: str) -> None:
    for good in GOOD_ANSWERS.values():
        for ocsps in itertools.permutations((good, BAD_ANSWERS[bad])):
            assert why(ocsps=ocsps) is GONE
    for good in GOOD_LISTS.values():
        assert why((good,), (BAD_ANSWERS[bad],)) is GONE
    assert why(ocsps=(BAD_ANSWERS[bad],)) is GONE


@pytest.mark.parametrize("bad", BAD_LISTS)
def test_a_list_that_says_revoked_wins_in_every_order(bad: str) -> None:
    for good in GOOD_LISTS.values():
        for crls in itertools.permutations((good, BAD_LISTS[bad])):
            assert why(crls) is GONE
    for good in GOOD_ANSWERS.values():
        assert why((BAD_LISTS[bad],), (good,)) is GONE
    assert why((BAD_LISTS[bad],)) is GONE


def test_revoked_afterwards_was_good_whatever_the_order() -> None:
    later = MIDDLE.ocsp(LEAF, NOW + DAY, made=NOW + 2 * DAY, until=END)
    listed = MIDDLE.crl([(LEAF, NOW + DAY)], made=NOW + 2 * DAY, until=END)
    for good in GOOD_ANSWERS.values():
        for ocsps in itertools.permutations((good, later)):
            assert why(ocsps=ocsps) is None
            assert why((listed,), ocsps) is None
    assert why((listed,)) is None


def test_what_is_not_authentic_or_about_others_revokes_nobody() -> None:
    other = MIDDLE.issue("Somebody else")
    forged = MIDDLE.crl([(LEAF, BEFORE)], key=ec_key("somebody else"))
    stale = MIDDLE.crl([(LEAF, BEFORE)], made=OLD, until=NEW, key=ec_key("somebody else"))
    ocsps = (MIDDLE.ocsp(other, BEFORE), TOP.ocsp(LEAF, BEFORE), MIDDLE.ocsp(LEAF))
    assert why((forged, stale), ocsps) is None


def test_many_answers_about_others_do_not_hide_the_one_that_counts() -> None:
    other = MIDDLE.ocsp(MIDDLE.issue("Somebody else"))
    known = Revocations(ocsps=(*[other] * 200, MIDDLE.ocsp(LEAF, BEFORE)))
    assert check_path(LEAF.chain, STORE, NOW, known)[1] is GONE


def test_what_the_signer_sends_along_does_not_outweigh_what_the_verifier_knows() -> None:
    for known in (
        Revocations(crls=(MIDDLE.crl([(LEAF, BEFORE)], made=NEW),)),
        Revocations(ocsps=(MIDDLE.ocsp(LEAF, BEFORE, made=NEW),)),
    ):
        terms = Terms(STORE, NOW, known)
        message = cms.ContentInfo.load(cms_making.sign(b"a", LEAF.signer(), at=NOW))
        message["content"]["crls"] = [crl.CertificateList.load(MIDDLE.crl(made=OLD))]
        xml = sign_enveloped(b"<a/>", LEAF.signer(), properties=Properties(signing_time=NOW))
        answer = b64encode(MIDDLE.ocsp(LEAF, made=OLD))
        evidence = UNSIGNED % answer + b"</xades:QualifyingProperties>"
        assert xml.count(b"</xades:QualifyingProperties>") == 1
        lasting = xml.replace(b"</xades:QualifyingProperties>", evidence)
        for made in (message.dump(), lasting):
            alone = replace(terms, revocations=Revocations((TOP.crl(),)), revocation="require")
            assert verify(made, alone).report.signatures[0].passed  # what is sent along is read
            (found,) = verify(made, terms).report.signatures
            assert found.sub_indication is GONE
