"""The vault of a process, as the settings say: what seals its keys, the token, and its rounds."""

from typing import TYPE_CHECKING

from gateway.jobs.registry import Jobs
from gateway.kit.database import Database
from gateway.kit.outbound import Policy
from gateway.kit.secrets import MasterKey
from gateway.settings import Settings
from gateway.signing.encryption import MasterKeyEncryption
from gateway.signing.revocation.rounds import RevocationRounds
from gateway.signing.service import NoTokens, Vault
from gateway.signing.time_stamps import TimeStamps
from gateway.signing.watch import Watch

if TYPE_CHECKING:
    from gateway.signing.tokens import Token


def vault_of(settings: Settings, master_key: MasterKey) -> Vault:
    """Return the vault."""
    return Vault(MasterKeyEncryption(master_key), tokens_of(settings))


def tokens_of(settings: Settings) -> "NoTokens | Token":
    """Return the token of this installation; without one, what says that there is none."""
    if settings.pkcs11_library is None:
        return NoTokens()
    from gateway.signing import tokens  # noqa: PLC0415 - of an optional package

    return tokens.Token(
        library=str(settings.pkcs11_library),
        label=settings.pkcs11_token,
        pin=settings.pkcs11_pin,
        seconds=settings.pkcs11_seconds,
    )


def time_stamps_of(settings: Settings) -> TimeStamps:
    """Return the time stamping authorities of this installation; there may be none."""
    return TimeStamps(settings.tsa_urls, settings.tsa_trust, settings.tsa_seconds)


def arrange_rounds(jobs: Jobs, database: Database, outbound: Policy) -> None:
    """Have certificates watched: whether they end, and whether they were revoked."""
    jobs.every(Watch.seconds, "signing.watch", Watch(database).look)
    rounds = RevocationRounds(database, outbound)
    jobs.every(RevocationRounds.seconds, "signing.revocation", rounds.look)
