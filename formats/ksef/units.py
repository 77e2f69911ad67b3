"""Units: P_8A is free text, BT-130 a code of UN/ECE Recommendation 20.

The Polish words below are the usual ones; whatever else an invoice says is kept as it is.
"""

_TEXTS = {
    "H87": "szt.",
    "KGM": "kg",
    "GRM": "g",
    "TNE": "t",
    "MTR": "m",
    "KMT": "km",
    "MTK": "m2",
    "MTQ": "m3",
    "LTR": "l",
    "HUR": "godz.",
    "DAY": "dzień",
    "MON": "miesiąc",
    "ANN": "rok",
    "KWH": "kWh",
    "MWH": "MWh",
    "SET": "kpl.",
    "XPK": "opak.",
    "XPX": "paleta",
    "PR": "para",
    "E48": "usł.",
}
_CODES = {text: code for code, text in _TEXTS.items()}


def text_of(code: str | None) -> str | None:
    """Return P_8A for BT-130."""
    return None if code is None else _TEXTS.get(code, code)


def code_of(text: str | None) -> str | None:
    """Return BT-130 for P_8A."""
    return None if text is None else _CODES.get(text, text)
