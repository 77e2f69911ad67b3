"""The form of the Union's VAT numbers, as the AEAT wants them (NIF-IVA).

Source: AEAT, Validaciones y errores VeriFactu 1.0.9, note (1). Croatia is a member and not in its
table: eleven digits. GB is not here: it ended with January 2021, before any invoice is told.
"""

_DIGITS = {
    (8,): ("DK", "FI", "HU", "LU", "MT", "SI"),
    (9,): ("DE", "EE", "EL", "PT"),
    (9, 10): ("BG",),
    (9, 12): ("LT",),
    (10,): ("BE", "PL", "SK"),
    (11,): ("HR", "IT", "LV"),
    (8, 9, 10): ("CZ",),
    (12,): ("SE",),
    tuple(range(2, 11)): ("RO",),
}
_LETTERS_TOO = {
    (5, 9, 12): ("XI",),
    (8, 9): ("IE",),
    (9,): ("AT", "CY"),
    (11,): ("FR",),
    (12,): ("NL",),
}
_FORMS = {
    prefix: (lengths, digits)
    for table, digits in ((_DIGITS, True), (_LETTERS_TOO, False))
    for lengths, prefixes in table.items()
    for prefix in prefixes
}
"""By prefix: the lengths that there are, and whether it is all digits."""
_PREFIX = 2


def is_well_formed(number: str) -> bool:
    """Tell whether a VAT number, prefix included and without separators, has its state's form."""
    prefix, rest = number[:_PREFIX], number[_PREFIX:]
    if prefix not in _FORMS or not rest.isascii() or not rest.isalnum() or rest != rest.upper():
        return False
    lengths, digits = _FORMS[prefix]
    return len(rest) in lengths and (rest.isdecimal() or not digits)
