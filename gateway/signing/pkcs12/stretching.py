"""How passwords become keys: the function of PKCS #12 itself, and PBKDF2; both within a budget."""

import hashlib
import hmac
from dataclasses import dataclass

from gateway.signing.problems import KeyRefusedProblem

MOST_ITERATIONS = 2_000_000
"""Of all that one file asks for together: about a second. OpenSSL asks for 2,048 each time, Java's
keytool for 10,000."""

KEY, IV, MAC = 1, 2, 3
"""What is made of a password (RFC 7292, appendix B.3)."""

DIGESTS = ("sha1", "sha224", "sha256", "sha384", "sha512")


@dataclass(slots=True)
class Budget:
    """How often may still be hashed."""

    left: int = MOST_ITERATIONS

    def pay(self, iterations: int, size: int, digest: str) -> None:
        """Take what a key of so many bytes costs.

        Raises:
            KeyRefusedProblem: There is not so much left, or the number is none.
        """
        blocks = -(-size // hashlib.new(digest).digest_size)
        if iterations < 1:
            raise KeyRefusedProblem("unreadable", "The file stretches its password no times.")
        self.left -= iterations * blocks
        if self.left < 0:
            raise KeyRefusedProblem(
                "too_slow",
                "The file asks to stretch its password more often than we do"
                f" ({MOST_ITERATIONS:,} times in all). Export it again with fewer iterations.",
            )


@dataclass(frozen=True, slots=True, repr=False)
class Password:
    """A password, as the two functions take it.

    Attributes:
        text: The password.
        nothing: It is empty, and whoever wrote the file left out even the zeros at its end.
    """

    text: str
    nothing: bool = False

    @property
    def wide(self) -> bytes:
        """For PKCS #12: UTF-16 with two zeros at the end."""
        return b"" if self.nothing else self.text.encode("utf-16-be") + b"\0\0"

    @property
    def narrow(self) -> bytes:
        """For PBKDF2: UTF-8."""
        return self.text.encode()


def of_pkcs12(  # noqa: PLR0913, PLR0917 - the words of RFC 7292, appendix B.2
    password: bytes,
    salt: bytes,
    iterations: int,
    purpose: int,
    size: int,
    digest: str,
    budget: Budget,
) -> bytes:
    """Return key material by the function of RFC 7292, appendix B.2.

    Raises:
        KeyRefusedProblem: It costs too much.
    """
    budget.pay(iterations, size, digest)
    hashed = getattr(hashlib, digest)  # twice as quick as `hashlib.new`, and done often
    width = hashed().block_size
    diversifier = bytes([purpose]) * width
    mixed = bytearray(_filled(salt, width) + _filled(password, width))
    made = b""
    while len(made) < size:
        block = diversifier + mixed
        for _ in range(iterations):
            block = hashed(block).digest()
        made += block
        step = int.from_bytes((block * width)[:width], "big") + 1
        for begin in range(0, len(mixed), width):
            part = int.from_bytes(mixed[begin : begin + width], "big") + step
            mixed[begin : begin + width] = (part % (1 << 8 * width)).to_bytes(width, "big")
    return made[:size]


def of_pbkdf2(  # noqa: PLR0913, PLR0917 - the words of RFC 8018, 5.2
    password: bytes, salt: bytes, iterations: int, size: int, digest: str, budget: Budget
) -> bytes:
    """Return a key by PBKDF2 (RFC 8018, 5.2).

    Raises:
        KeyRefusedProblem: It costs too much.
    """
    budget.pay(iterations, size, digest)
    return hashlib.pbkdf2_hmac(digest, password, salt, iterations, size)


def mac(key: bytes, content: bytes, digest: str) -> bytes:
    """Return the HMAC over a file's content."""
    return hmac.digest(key, content, digest)


def _filled(text: bytes, width: int) -> bytes:
    """Repeat a text until it fills whole blocks; nothing stays nothing."""
    if not text:
        return b""
    size = width * -(-len(text) // width)
    return (text * -(-size // len(text)))[:size]
