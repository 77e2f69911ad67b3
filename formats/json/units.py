"""Units as people write them, and the codes they mean (UNECE Recommendations 20 and 21).

Only words and signs with one meaning; what is a code already stays as it is. Source: UNECE Rec 20
revision 17, columns name and symbol; `piece` is H87, `one` is C62, `each` is EA.
"""

from formats.en16931.codes.units import UNITS

_WORDS = {
    "ANN": ("year", "years", "yr"),
    "C62": ("one", "unit", "units"),
    "CMT": ("cm", "centimetre", "centimetres", "centimeter", "centimeters"),
    "DAY": ("day", "days"),
    "EA": ("each",),
    "GRM": ("g", "gram", "grams", "gramme"),
    "H87": ("piece", "pieces", "pc", "pcs"),
    "HUR": ("h", "hr", "hrs", "hour", "hours"),
    "KGM": ("kg", "kilogram", "kilograms", "kilogramme"),
    "KMT": ("km", "kilometre", "kilometres", "kilometer", "kilometers"),
    "KWH": ("kwh", "kilowatt hour", "kilowatt hours", "kilowatt-hour"),
    "LS": ("lump sum", "flat rate"),
    "LTR": ("l", "litre", "litres", "liter", "liters"),
    "MIN": ("minute", "minutes"),
    "MMT": ("mm", "millimetre", "millimetres", "millimeter", "millimeters"),
    "MON": ("month", "months"),
    "MTK": ("m2", "m²", "square metre", "square metres", "square meter", "square meters"),
    "MTQ": ("m3", "m³", "cubic metre", "cubic metres", "cubic meter", "cubic meters"),
    "MTR": ("m", "metre", "metres", "meter", "meters"),
    "P1": ("%", "percent"),
    "PR": ("pair", "pairs"),
    "SEC": ("second", "seconds"),
    "SET": ("set", "sets"),
    "TNE": ("tonne", "tonnes", "metric ton", "metric tons"),
    "WEE": ("week", "weeks"),
    "XBX": ("box", "boxes"),
    "XPK": ("package", "packages"),
    "XPX": ("pallet", "pallets"),
}

_CODES = {word: code for code, words in _WORDS.items() for word in words}


def unit_code(text: str) -> str:
    """Return the code that a unit means; a code, or what has no one meaning, stays as written.

    A code in small letters is taken where it is one of the above, or has a digit in it: `stk` may
    be STK, a stick, but is a German piece more often.
    """
    if text in UNITS:
        return text
    word = text.strip()
    if (code := _CODES.get(word.lower())) is not None:
        return code
    code = word.upper()
    certain = code in _WORDS or any("0" <= sign <= "9" for sign in code)
    return code if certain and code in UNITS else text
