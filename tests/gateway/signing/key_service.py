"""A key service (KMS) of the tests: it wraps by keys it shows nobody, and is not always there."""

import secrets
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from gateway.kit.secrets import UnsealError
from gateway.signing.encryption import KeyEncryption, KeyEncryptionError

_NONCE = 12


@dataclass
class KeyService:
    """A `KeyEncryption`, as the services of clouds behave.

    Each version of its key wraps under its own name, and opens what it wrapped and nothing else;
    the context is bound to what is wrapped. What a version before it wrapped (`before`: the master
    key, say) is opened by that one.

    Attributes:
        before: Opens what was wrapped before there was the service.
        away: It does not answer.
        answers: It answers so many questions more, and is away then; None: as many as are asked.
        refuses: It refuses whatever has one of these in its context: it may be told whom to serve.
        disabled: Versions with which it does nothing any more.
        asked: What it was asked, in order: `wrap` and `unwrap`.
    """

    before: KeyEncryption | None = None
    away: bool = False
    answers: int | None = None
    refuses: set[str] = field(default_factory=set)
    disabled: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)
    _keys: dict[str, bytes] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self.rotate()

    @property
    def version(self) -> str:
        """The newest."""
        return next(reversed(self._keys))

    def rotate(self) -> None:
        """Wrap with a new key from now on; the others still open."""
        self._keys[f"service:seals/{len(self._keys) + 1}"] = AESGCM.generate_key(256)

    def wrap(self, data_key: bytes, context: str) -> tuple[str, bytes]:
        self._asked("wrap", self.version, context)
        nonce = secrets.token_bytes(_NONCE)
        sealed = AESGCM(self._keys[self.version]).encrypt(nonce, data_key, context.encode())
        return self.version, nonce + sealed

    def unwrap(self, version: str, wrapped: bytes, context: str) -> bytes:
        if version not in self._keys:
            if self.before is None:
                raise KeyEncryptionError(f"the service has no key {version}")
            return self.before.unwrap(version, wrapped, context)
        self._asked("unwrap", version, context)
        try:
            return AESGCM(self._keys[version]).decrypt(
                wrapped[:_NONCE], wrapped[_NONCE:], context.encode()
            )
        except (InvalidTag, ValueError) as error:
            raise UnsealError("the service does not open it") from error

    def _asked(self, what: str, version: str, context: str) -> None:
        if self.away or self.answers == 0:
            raise KeyEncryptionError("the key service does not answer")
        if self.answers is not None:
            self.answers -= 1
        self.asked.append(what)
        if version in self.disabled or any(one in context for one in self.refuses):
            raise KeyEncryptionError("the key service refuses")
