"""What the checker reads in records, by the published rules alone."""

import hashlib

import pytest

from gateway.fsck.records import UNSAID, Said, carries, verifactu

HUELLA = "3C464DAF61ACB827C65FDA19F352A4E3BDC2C640E9E9FC4CC058073F38F12F60"
"""The published vector: AEAT, Especificaciones de la huella 0.1.2, 6.1, a chain's first record."""


def record(**changes: str) -> bytes:
    said = {
        "link": "<PrimerRegistro>S</PrimerRegistro>",
        "moment": "2024-01-01T19:20:30+01:00",
        "total": "123.45",
        "huella": HUELLA,
        "name": "urn:x",
        **changes,
    }
    return (
        f'<Reg xmlns="{said["name"]}"><RegistroFactura><RegistroAlta><IDFactura>'
        "<IDEmisorFactura>89890001K</IDEmisorFactura>"
        "<NumSerieFactura>12345678/G33</NumSerieFactura>"
        "<FechaExpedicionFactura>01-01-2024</FechaExpedicionFactura></IDFactura>"
        "<TipoFactura>F1</TipoFactura><CuotaTotal>12.35</CuotaTotal>"
        f"<ImporteTotal>{said['total']}</ImporteTotal>"
        f"<Encadenamiento>{said['link']}</Encadenamiento>"
        f"<FechaHoraHusoGenRegistro>{said['moment']}</FechaHoraHusoGenRegistro>"
        f"<Huella>{said['huella']}</Huella></RegistroAlta></RegistroFactura></Reg>"
    ).encode()


def test_the_published_record_of_verifactu_is_digested_again() -> None:
    assert verifactu(record()) == Said(
        HUELLA, UNSAID, "", "2024-01-01T18:20:30Z", "12345678/G33", UNSAID
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"total": "123.46"},
        {"huella": hashlib.sha256(b"x").hexdigest().upper()},
        {"link": ""},
        {"moment": "2024-01-01T19:20:30"},
        {"moment": "yesterday"},
        {"name": '"'},
    ],
    ids=str,
)
def test_what_was_changed_in_it_cannot_be_read(changes: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"."):
        verifactu(record(**changes))


CANCELLED = "177547C0D57AC74748561D054A9CEC14B4C4EA23D1BEFD6F2E69E3A388F90C68"
"""The published vector of a cancellation: the same paper, 6.2."""


def test_the_published_cancellation_is_digested_again() -> None:
    before = "F7B94CFD8924EDFF273501B01EE5153E4CE8F259766F88CF6ACB8935802A2B97"
    content = (
        '<Reg xmlns="urn:x"><RegistroAnulacion><IDFactura>'
        "<IDEmisorFacturaAnulada>89890001K</IDEmisorFacturaAnulada>"
        "<NumSerieFacturaAnulada>12345679/G34</NumSerieFacturaAnulada>"
        "<FechaExpedicionFacturaAnulada>01-01-2024</FechaExpedicionFacturaAnulada></IDFactura>"
        f"<Encadenamiento><RegistroAnterior><Huella>{before}</Huella></RegistroAnterior>"
        "</Encadenamiento><FechaHoraHusoGenRegistro>2024-01-01T19:20:40+01:00"
        f"</FechaHoraHusoGenRegistro><Huella>{CANCELLED}</Huella></RegistroAnulacion></Reg>"
    ).encode()
    assert verifactu(content) == Said(
        CANCELLED, UNSAID, before, "2024-01-01T18:20:40Z", "12345679/G34", UNSAID
    )
    with pytest.raises(ValueError, match="another huella"):
        verifactu(content.replace(b"G34", b"G35"))
    with pytest.raises(ValueError, match="2 records"):
        verifactu(content.replace(b"</Reg>", content[19:]))


def test_a_message_carries_its_record_as_it_is_or_signed() -> None:
    assert carries(b"a", b"a")
    assert carries(b'{"payload": "YQ"}', b"a")
    assert not carries(b'{"payload": "Yg"}', b"a")
