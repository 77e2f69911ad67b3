"""Keys on tokens and HSMs (PKCS #11): they sign there, and no byte of them comes here.

One session is open, and one thread at a time is in the library. A token that was pulled, a daemon
that was restarted, a session that was closed elsewhere all look alike from here: what is open is
worth nothing any more. Then everything is opened anew, with the PIN, and the signature tried once
more; a signature made twice harms nobody, since only one of them is used.

A token may also hang, and signatures are made while a chain is held. So it gets so many seconds
over all of that, and no longer (`patience`).
"""

import hashlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, NoReturn

import pkcs11
from asn1crypto import core, keys
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa, utils
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from pkcs11 import MGF, Attribute, Mechanism, ObjectClass, Session
from pydantic import SecretStr
from typing_extensions import override

from formats.signatures.signer import Algorithm, Signer, SignerError
from gateway.signing import kinds
from gateway.signing.patience import Patience, SilentError
from gateway.signing.problems import KeyUnusableProblem, TokenSilentProblem
from gateway.signing.repository import TokenPlace

_PIN_PROBLEMS = (pkcs11.PinIncorrect, pkcs11.PinInvalid, pkcs11.PinLocked, pkcs11.PinExpired)
_PKCS1 = {
    Algorithm.RSA_SHA1: Mechanism.SHA1_RSA_PKCS,
    Algorithm.RSA_SHA256: Mechanism.SHA256_RSA_PKCS,
    Algorithm.RSA_SHA384: Mechanism.SHA384_RSA_PKCS,
    Algorithm.RSA_SHA512: Mechanism.SHA512_RSA_PKCS,
}
_PSS = {
    Algorithm.RSA_PSS_SHA256: (Mechanism.SHA256_RSA_PKCS_PSS, Mechanism.SHA256, MGF.SHA256, 32),
    Algorithm.RSA_PSS_SHA384: (Mechanism.SHA384_RSA_PKCS_PSS, Mechanism.SHA384, MGF.SHA384, 48),
    Algorithm.RSA_PSS_SHA512: (Mechanism.SHA512_RSA_PKCS_PSS, Mechanism.SHA512, MGF.SHA512, 64),
}


@dataclass(slots=True, repr=False)
class Token:
    """One token, and the session on it. There must be one of these for a library in a process.

    Attributes:
        library: Path of the maker's PKCS #11 library.
        label: The token's name.
        pin: Of its user.
        seconds: The longest that one signature may take.
    """

    library: str
    label: str
    pin: SecretStr
    seconds: float = 5
    _session: Session | None = field(default=None, init=False)
    _patience: Patience = field(init=False)

    def __post_init__(self) -> None:
        """Be as patient as was said."""
        self._patience = Patience(self.seconds)

    def signer(self, place: TokenPlace, kind: str, chain: Sequence[bytes]) -> Signer:
        """Return the signer over a key on the token.

        Raises:
            KeyUnusableProblem: The key is on another token.
        """
        if place.token != self.label:
            raise KeyUnusableProblem(
                "locked",
                f"The key is on the token {place.token!r}; the one here is {self.label!r}.",
            )
        return TokenSigner(self, place, kind, tuple(chain))

    def do(self, work: Callable[[Session], Any]) -> Any:  # noqa: ANN401 - whatever is done
        """Do something in a session, once more if what was open is worth nothing any more.

        Raises:
            SignerError: It cannot be done.
            TokenSilentProblem: The token does not come back, or has not since another call.
        """
        return self._patiently(lambda: self._done(work))

    def public(self, label: str) -> tuple[PublicKeyTypes, TokenPlace]:
        """Return the public half of a key on the token, and where it is.

        Raises:
            SignerError: There is none of this name, or of a kind we do not know.
            TokenSilentProblem: The token does not come back.
        """

        def look(session: Session) -> tuple[PublicKeyTypes, TokenPlace]:
            private = session.get_key(object_class=ObjectClass.PRIVATE_KEY, label=label)
            found = session.get_key(object_class=ObjectClass.PUBLIC_KEY, id=private.id)
            return _public(found), TokenPlace(self.label, label, bytes(private.id) or None)

        found: tuple[PublicKeyTypes, TokenPlace] = self.do(look)
        return found

    def forget(self) -> None:
        """Close what is open, and the library with it: the next one begins anew.

        Raises:
            TokenSilentProblem: The token does not come back.
        """
        self._patiently(self._forget)

    def _patiently(self, work: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever is done
        try:
            return self._patience.do(work)
        except SilentError:
            raise TokenSilentProblem(self.label, self.seconds) from None

    def _done(self, work: Callable[[Session], Any]) -> Any:  # noqa: ANN401 - whatever is done
        try:
            return self._tried(work)
        except _PIN_PROBLEMS as error:  # never again: a token locks itself after a few
            raise _failed(error) from None
        except pkcs11.PKCS11Error:
            self._forget()
        try:
            return self._tried(work)
        except pkcs11.PKCS11Error as error:
            raise _failed(error) from None

    def _tried(self, work: Callable[[Session], Any]) -> Any:  # noqa: ANN401 - whatever is done
        """Do something in the session; one in which it failed is not kept."""
        if self._session is None:
            self._session = self._opened()
        try:
            return work(self._session)
        except BaseException:
            self._close()
            raise

    def _close(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            with suppress(pkcs11.PKCS11Error):
                session.close()

    def _forget(self) -> None:
        self._close()
        with suppress(pkcs11.PKCS11Error):
            pkcs11.lib(self.library).reinitialize()

    def _opened(self) -> Session:
        token = pkcs11.lib(self.library).get_token(token_label=self.label)
        try:
            return token.open(user_pin=self.pin.get_secret_value())
        except pkcs11.UserAlreadyLoggedIn:  # by another session of this process, which is enough
            return token.open()

    @override
    def __repr__(self) -> str:
        return f"Token({self.label!r})"

    @override
    def __reduce__(self) -> NoReturn:
        raise TypeError("a token's PIN does not leave its process")


@dataclass(frozen=True, slots=True)
class TokenSigner:
    """A `Signer` over a key on a token."""

    token: Token
    place: TokenPlace
    kind: str
    chain: tuple[bytes, ...]

    @property
    def algorithm(self) -> Algorithm:
        """What it signs with when nobody says otherwise."""
        return kinds.algorithms(self.kind)[0]

    @property
    def certificate_chain(self) -> Sequence[bytes]:
        """Its own certificate first, in DER."""
        return self.chain

    def sign(self, data: bytes, algorithm: Algorithm | None = None) -> bytes:
        """Return the signature over `data`; see `Signer.sign`.

        Raises:
            SignerError: The token is not there, or does not do this algorithm.
            TokenSilentProblem: It does not come back. That is no error of the key, so it passes
                through whatever makes the document, up to the caller of the request.
        """
        wanted = algorithm or self.algorithm
        if wanted not in kinds.algorithms(self.kind):
            raise SignerError(f"this key does not sign with {wanted}")
        found: bytes = self.token.do(lambda session: self._signed(session, data, wanted))
        return found

    def _signed(self, session: Session, data: bytes, algorithm: Algorithm) -> bytes:
        named: dict[str, Any] = (
            {"label": self.place.label}
            if self.place.object_id is None
            else {"id": self.place.object_id}
        )
        key: Any = session.get_key(object_class=ObjectClass.PRIVATE_KEY, **named)
        if algorithm in _PKCS1:
            return bytes(key.sign(data, mechanism=_PKCS1[algorithm]))
        if algorithm in _PSS:
            mechanism, *parameters = _PSS[algorithm]
            return bytes(key.sign(data, mechanism=mechanism, mechanism_param=tuple(parameters)))
        if algorithm is Algorithm.ED25519:
            return bytes(key.sign(data, mechanism=Mechanism.EDDSA))
        digest = hashlib.new(algorithm.value.rpartition("-")[2], data).digest()
        pair = bytes(key.sign(digest, mechanism=Mechanism.ECDSA))
        half = len(pair) // 2
        numbers = (int.from_bytes(pair[:half], "big"), int.from_bytes(pair[half:], "big"))
        return utils.encode_dss_signature(*numbers)


def _failed(error: pkcs11.PKCS11Error) -> SignerError:
    return SignerError(f"the token does not do it: {type(error).__name__}")


def _public(found: Any) -> PublicKeyTypes:  # noqa: ANN401 - of a library without types
    """Return a public key of a token as we compare it.

    Raises:
        SignerError: Its kind is not known.
    """
    if found.key_type is pkcs11.KeyType.RSA:
        modulus = int.from_bytes(found[Attribute.MODULUS], "big")
        exponent = int.from_bytes(found[Attribute.PUBLIC_EXPONENT], "big")
        return rsa.RSAPublicNumbers(exponent, modulus).public_key()
    point = bytes(core.OctetString.load(found[Attribute.EC_POINT]).native)
    if found.key_type is pkcs11.KeyType.EC:
        named = keys.ECDomainParameters.load(found[Attribute.EC_PARAMS]).chosen.native
        curve = _CURVES.get(named)
        if curve is not None:
            return ec.EllipticCurvePublicKey.from_encoded_point(curve(), point)
    if found.key_type is pkcs11.KeyType.EC_EDWARDS:
        return ed25519.Ed25519PublicKey.from_public_bytes(point)
    raise SignerError("the token's key is of a kind we do not sign with")


_CURVES: dict[str, type[ec.EllipticCurve]] = {
    "secp256r1": ec.SECP256R1,
    "secp384r1": ec.SECP384R1,
    "secp521r1": ec.SECP521R1,
}
