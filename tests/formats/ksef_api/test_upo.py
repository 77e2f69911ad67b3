import datetime
from pathlib import Path

import pytest

from formats.ksef_api.encryption import digest
from formats.ksef_api.login import Context, ContextType
from formats.ksef_api.upo import NAMESPACE, UpoError, entry_for, read, verified
from formats.signatures.trust import Terms, TrustStore
from formats.signatures.xml import Properties, sign_enveloped
from tests.formats.signatures.pki import NOW, Entity, root, rsa_key

INVOICE = b"<Faktura/>"
NUMBER = "5265877635-20250826-0100001AF629-AF"
CA = root("CA")
SEAL = CA.issue("Ministry", key=rsa_key("seal"))


def written(hash_: str = "", number: str = NUMBER) -> bytes:
    return f"""<Potwierdzenie xmlns="{NAMESPACE}">
<NazwaPodmiotuPrzyjmujacego>Ministerstwo Finansów</NazwaPodmiotuPrzyjmujacego>
<NumerReferencyjnySesji>20250916-SO-9D5A28BFDA-47C899773E-5C</NumerReferencyjnySesji>
<Uwierzytelnienie><IdKontekstu><Nip>5265877635</Nip></IdKontekstu>
<SkrotDokumentuUwierzytelniajacego>{digest(b"")}</SkrotDokumentuUwierzytelniajacego>
</Uwierzytelnienie>
<NazwaStrukturyLogicznej>Schemat_FA(3)_v1-0E.xsd</NazwaStrukturyLogicznej>
<KodFormularza>FA (3)</KodFormularza>
<Dokument><NipSprzedawcy>5265877635</NipSprzedawcy>
<NumerKSeFDokumentu>{number}</NumerKSeFDokumentu><NumerFaktury>1/2026</NumerFaktury>
<DataWystawieniaFaktury>2026-06-01</DataWystawieniaFaktury>
<DataPrzeslaniaDokumentu>2026-06-01T11:05:40.841+02:00</DataPrzeslaniaDokumentu>
<DataNadaniaNumeruKSeF>2026-06-01T11:05:41.045+02:00</DataNadaniaNumeruKSeF>
<SkrotDokumentu>{hash_ or digest(INVOICE)}</SkrotDokumentu><TrybWysylki>Online</TrybWysylki>
</Dokument></Potwierdzenie>""".encode()


def sealed(content: bytes, by: Entity = SEAL) -> bytes:
    return sign_enveloped(content, by.signer(), properties=Properties(signing_time=NOW))


SECOND = b'<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/>'
TERMS = Terms(TrustStore("ministry", (CA.der,)), at=NOW)


def test_a_sealed_upo_proves_what_it_says() -> None:
    found = verified(sealed(written()), TERMS)
    entry = entry_for(found, INVOICE, NUMBER)
    assert (entry.ksef_number, entry.seller, entry.mode) == (NUMBER, "5265877635", "Online")
    assert entry.numbered_at == datetime.datetime(2026, 6, 1, 9, 5, 41, 45000, tzinfo=datetime.UTC)
    assert found.context == Context(ContextType.NIP, "5265877635")


@pytest.mark.parametrize(
    "document",
    [
        written(),
        sealed(written(), root("Other").issue("Stranger", key=rsa_key("stranger"))),
        sealed(written()).replace(b"1/2026", b"2/2026"),
        sealed(written()).replace(b"</Potwierdzenie>", SECOND + b"</Potwierdzenie>"),
        b"",
        b"<Potwierdzenie/>",
        b"<!DOCTYPE x []><x/>",
        sealed(b"<Potwierdzenie/>"),
    ],
    ids=["unsealed", "stranger", "changed", "twice", "empty", "unsigned", "doctype", "other"],
)
def test_anything_else_proves_nothing(document: bytes) -> None:
    with pytest.raises(UpoError):
        verified(document, TERMS)


def test_a_upo_about_other_bytes_or_another_number_is_no_proof() -> None:
    found = verified(sealed(written()), TERMS)
    with pytest.raises(UpoError):
        entry_for(found, INVOICE + b" ")
    with pytest.raises(UpoError):
        entry_for(found, INVOICE, "5265877635-20250826-0100001AF630-00")


@pytest.mark.parametrize("name", ["IdKontekstu", "Dokument", "SkrotDokumentu", "KodFormularza"])
def test_a_upo_without_a_part_is_none(name: str) -> None:
    broken = written().replace(name.encode(), b"Inne")
    with pytest.raises(UpoError):
        read(broken)


@pytest.mark.official
def test_every_official_example_is_read(official: Path) -> None:
    found = sorted((official / "pl-ksef/docs/faktury/upo/przyklady").rglob("*.xml"))
    assert len(found) >= 4
    for path in found:
        upo = read(path.read_bytes())
        assert upo.form == "FA (3)"
        assert upo.page == ((1, 1) if "sesja" in path.name else None)
        assert len(upo.entries) == (2 if "sesja" in path.name else 1)
