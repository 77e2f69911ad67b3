"""Public ids, read without the code that writes them."""

from uuid import UUID

_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford base32


def uuid_of(public: str) -> UUID:
    """Return the number behind an id such as `inv_01...`.

    Raises:
        ValueError: It is none.
    """
    number = 0
    for letter in public.partition("_")[2].strip():
        number = number * 32 + _LETTERS.index(letter)
    return UUID(int=number)
