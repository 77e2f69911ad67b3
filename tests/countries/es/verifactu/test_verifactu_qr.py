import datetime
import json
from decimal import Decimal
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countries.es.verifactu_qr import Host, address

DAY = datetime.date(2024, 9, 1)


@pytest.mark.parametrize("page", ["ValidarQR", "ValidarQRNoVerifactu"])
@pytest.mark.parametrize("host", list(Host))
def test_the_four_addresses_of_the_specification(host: Host, page: str) -> None:
    # AEAT, Código QR 0.4.7, section 8
    verifiable = page == "ValidarQR"
    made = address(
        "89890001K", "12345678-G33", DAY, Decimal("241.4"), host=host, verifiable=verifiable
    )
    known = {
        Host.TEST: "https://prewww2.aeat.es",
        Host.PRODUCTION: "https://www2.agenciatributaria.gob.es",
    }
    assert made == (
        f"{known[host]}/wlpl/TIKE-CONT/{page}"
        "?nif=89890001K&numserie=12345678-G33&fecha=01-09-2024&importe=241.4"
    )


@pytest.mark.official
def test_the_published_vector(official: Path) -> None:
    known = json.loads((official / "vectors" / "es-verifactu-hash.json").read_text())["qr"]
    for one in known:
        day = datetime.datetime.strptime(one["fecha"], "%d-%m-%Y").date()  # noqa: DTZ007
        made = address(one["nif"], one["numserie"], day, Decimal(one["importe"]), host=Host.TEST)
        assert made == one["url"]
    assert known


@given(
    st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=60),
    st.decimals(min_value=-999, max_value=999, places=2, allow_nan=False),
)
def test_a_reader_gets_the_values_back(number: str, total: Decimal) -> None:
    values = parse_qs(
        urlsplit(address("89890001K", number, DAY, total)).query, keep_blank_values=True
    )
    assert values == {
        "nif": ["89890001K"],
        "numserie": [number],
        "fecha": ["01-09-2024"],
        "importe": [f"{total:f}"],
    }


@pytest.mark.parametrize(
    ("nif", "number", "total"),
    [
        ("89890001", "1", "1"),
        ("89890001k", "1", "1"),
        ("89890001K", "", "1"),
        ("89890001K", "ñ", "1"),
        ("89890001K", "1" * 61, "1"),
        ("89890001K", "1", "1.001"),
        ("89890001K", "1", "1000000000000"),
        ("89890001K", "1", "NaN"),
    ],
)
def test_what_no_record_can_have_is_refused(nif: str, number: str, total: str) -> None:
    with pytest.raises(ValueError, match=r"NIF|ASCII|amount"):
        address(nif, number, DAY, Decimal(total))
