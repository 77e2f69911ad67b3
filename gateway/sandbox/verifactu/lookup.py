"""Where the QR code on an invoice leads: whether it is registered (Código QR 0.4.7, 9 and 10)."""

import datetime
import re
from collections.abc import Mapping
from html import escape
from urllib.parse import parse_qs

from gateway.sandbox.kit import replies
from gateway.sandbox.kit.replies import Reply
from gateway.sandbox.verifactu.ledger import Ledger
from gateway.sandbox.verifactu.numbers import is_nif

VERIFIABLE = "/wlpl/TIKE-CONT/ValidarQR"
NOT_VERIFIABLE = "/wlpl/TIKE-CONT/ValidarQRNoVerifactu"

_MISSING: Mapping[str, tuple[str, str]] = {
    "nif": ("1001", "El número de identificación fiscal (NIF) del obligado a expedir la factura"),
    "numserie": ("1002", "El número de serie y número de factura que identifica a la factura"),
    "fecha": ("1003", "La fecha de expedición de la factura"),
    "importe": ("1004", "El importe total de la factura"),
}
_DAY = re.compile(r"\d\d-\d\d-\d{4}", re.ASCII)
_AMOUNT = re.compile(r"-?\d+(\.\d{1,2})?", re.ASCII)
_LONGEST = 12  # digits before the point
_LENGTH = 60


def looked_up(query: str, ledger: Ledger, *, verifiable: bool) -> Reply:
    """Return the page, or with `formato=json` the data, that the address of a QR code gives."""
    given = parse_qs(query, keep_blank_values=True)
    values = {name: given.get(name, [""])[0] for name in _MISSING}
    machine = given.get("formato", [""])[0] == "json"
    wrong = [
        (code, f"No se ha remitido el parámetro: {name} ({text})")
        for name, (code, text) in _MISSING.items()
        if not values[name]
    ]
    wrong = wrong or _wrong(values)
    if wrong:
        codes, texts = ".".join(one[0] for one in wrong), ".".join(one[1] for one in wrong)
        said = {"status": "KO", "mensaje": texts, "visible": "S", "crashlytics": "N"}
        return _said({**said, "codigo_error": codes}, texts, machine=machine)
    result, text = "02", "Factura no verificable"
    if verifiable:
        there = _is_there(values, ledger)
        result, text = ("00", "Factura encontrada") if there else ("01", "Factura no encontrada")
    found = {"status": "OK", "mensaje": text, "visible": "N", "crashlytics": "N"}
    return _said({**found, "respuesta": {"resultado": result, **values}}, text, machine=machine)


def _is_there(values: Mapping[str, str], ledger: Ledger) -> bool:
    known = ledger.invoice("|".join(values[name] for name in ("nif", "numserie", "fecha")))
    if known is None or known.state == "Anulada":
        return False
    return float(known.amount) == float(values["importe"])


def _wrong(values: Mapping[str, str]) -> list[tuple[str, str]]:
    number, amount = values["numserie"], values["importe"]
    checks = {
        ("2001", "El NIF tiene un formato erróneo o no es válido"): is_nif(values["nif"]),
        ("2002", "El número de serie excede el número máximo de caracteres"): len(number)
        <= _LENGTH,
        ("2003", "El número de serie contiene caracteres no permitidos"): all(
            " " <= one <= "~" for one in number
        ),
        (
            "2004",
            "La fecha de expedición tiene formato inválido y debe tener el formato DD-MM-AAAA",
        ): _is_day(values["fecha"]),
        ("2005", "El importe tiene un formato incorrecto"): bool(_AMOUNT.fullmatch(amount)),
        ("2006", "El importe excede el número máximo de caracteres"): len(
            amount.partition(".")[0].lstrip("-")
        )
        <= _LONGEST,
    }
    return [error for error, right in checks.items() if not right]


def _is_day(text: str) -> bool:
    try:
        datetime.date(int(text[6:]), int(text[3:5]), int(text[:2]))
    except ValueError:
        return False
    return _DAY.fullmatch(text) is not None


def _said(value: Mapping[str, object], text: str, *, machine: bool) -> Reply:
    if machine:
        return replies.as_json(value)
    page = f"<!doctype html><meta charset=utf-8><title>Cotejo</title><h1>{escape(text)}</h1>"
    return replies.plain(200, page, replies.HTML)
