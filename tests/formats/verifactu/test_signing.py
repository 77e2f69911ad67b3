import dataclasses
import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

from formats.signatures.report import Indication, Outcome
from formats.signatures.signer import Algorithm
from formats.signatures.trust import Terms, TrustStore
from formats.signatures.xml import SigningError, check, read_signed
from formats.verifactu.elements import local
from formats.verifactu.events import (
    CadenaEventos,
    DatosEvento,
    RegistroEvento,
    read_event,
    write_event,
)
from formats.verifactu.names import EVENTS, INFORMATION
from formats.verifactu.parties import PersonaES, SistemaDeEvento
from formats.verifactu.reading import read_record, write_record
from formats.verifactu.signing import POLICY, sign_event, sign_record
from formats.verifactu.submission import read_submission, signed
from formats.verifactu.values import Moment
from formats.xml import parse
from tests.formats.signatures import pki
from tests.formats.verifactu.records import CABECERA, alta

AT = datetime.datetime(2026, 11, 22, 9, 30, tzinfo=datetime.UTC)
EVENT = RegistroEvento(
    Evento=DatosEvento(
        SistemaInformatico=SistemaDeEvento(
            NombreRazon="Software, S.L.",
            NIF="B12345674",
            IdSistemaInformatico="GW",
            Version="1.0",
            NumeroInstalacion="1",
        ),
        ObligadoEmision=PersonaES(NombreRazon="Una empresa", NIF="89890001K"),
        FechaHoraHusoGenEvento=Moment("2026-11-22T09:30:00+01:00"),
        TipoEvento="01",
        Encadenamiento=CadenaEventos(PrimerEvento="S"),
        HuellaEvento="0" * 64,
    )
)


@pytest.fixture(scope="module")
def house() -> tuple[pki.Entity, pki.Entity, pki.Entity]:
    return pki.house()


def _terms(house: tuple[pki.Entity, ...]) -> Terms:
    return Terms(TrustStore("tests", (house[0].der,)), AT)


def test_a_signed_record_passes_and_says_what_was_signed(
    house: tuple[pki.Entity, pki.Entity, pki.Entity],
) -> None:
    content = sign_record(write_record(alta()), house[2].signer(), at=AT)
    (signature,) = check(content, _terms(house)).signatures
    assert signature.indication is Indication.TOTAL_PASSED
    read = read_signed(signature)
    assert read.tag == f"{{{INFORMATION}}}RegistroAlta"
    record = read_record(content)
    assert record.Signature is not None
    assert POLICY.identifier in record.Signature
    assert "G7roucf600+f03r/o0bAOQ6WAs0=" in record.Signature


def test_a_signed_event_passes_and_is_valid(
    house: tuple[pki.Entity, pki.Entity, pki.Entity], schema: Callable[[str, bytes], list[str]]
) -> None:
    content = sign_event(write_event(EVENT), house[2].signer(), at=AT)
    assert schema("event", content) == []
    (signature,) = check(content, _terms(house)).signatures
    assert signature.indication is Indication.TOTAL_PASSED
    assert [local(one) for one in parse(content)[1]][-1] == "Signature"
    assert read_signed(signature).tag == f"{{{EVENTS}}}RegistroEvento"
    assert read_event(content).Evento.TipoEvento == "01"


def test_a_signed_record_that_is_changed_does_not_pass(
    house: tuple[pki.Entity, pki.Entity, pki.Entity],
) -> None:
    content = sign_record(write_record(alta()), house[2].signer(), at=AT)
    forged = content.replace(b">121.00<", b">112.00<")
    assert forged != content
    (signature,) = check(forged, _terms(house)).signatures
    assert signature.indication is Indication.TOTAL_FAILED


def test_signed_records_are_sent_as_they_are(
    house: tuple[pki.Entity, pki.Entity, pki.Entity],
) -> None:
    content = sign_record(write_record(alta()), house[2].signer(), at=AT)
    sent = signed(CABECERA, content)
    assert content[content.index(b"<sum1:RegistroAlta") :].strip() in sent
    (record,) = read_submission(sent).records
    assert record.Signature is not None
    assert dataclasses.replace(record, Signature=None) == dataclasses.replace(
        read_record(content), Signature=None
    )


def test_only_rsa_signs(house: tuple[pki.Entity, pki.Entity, pki.Entity]) -> None:
    class Other:
        algorithm = Algorithm.ECDSA_SHA256
        certificate_chain = house[2].signer().certificate_chain

        def sign(self, data: bytes, algorithm: Algorithm | None = None) -> bytes:
            raise AssertionError((data, algorithm))

    for deed in (sign_record, sign_event):
        with pytest.raises(SigningError, match="RSA"):
            deed(write_record(alta()), Other(), at=AT)
    with pytest.raises(SigningError, match="no Evento"):
        sign_event(write_record(alta()), house[2].signer(), at=AT)


@pytest.mark.official
def test_the_published_signature_is_right(official: Path) -> None:
    folder = official / "es-verifactu" / "firma-ejemplos"
    content = (folder / "ejemploRegistro-firmado-epes-xades4j.xml").read_bytes()
    at = datetime.datetime(2025, 2, 3, 16, 0, tzinfo=datetime.UTC)
    (signature,) = check(content, Terms(None, at)).signatures
    assert signature.indication is Indication.INDETERMINATE  # nobody is believed
    found = {one.id: one.outcome for one in signature.checks}
    assert (found["reference"], found["signature"]) == (Outcome.PASSED, Outcome.PASSED)
    record, plain = (
        read_record(content),
        read_record((folder / "ejemploRegistro.xml").read_bytes()),
    )
    assert dataclasses.replace(record, Signature=None) == plain
    changed = content.replace(b"241.4<", b"241.5<")
    (forged,) = check(changed, Terms(None, at)).signatures
    assert forged.indication is Indication.TOTAL_FAILED
