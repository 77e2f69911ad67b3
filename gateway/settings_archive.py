"""What an operator can set about the archive; part of `gateway.settings`."""

from typing import Literal, Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings

from gateway.settings_types import Directory


class ArchiveSettings(BaseSettings):
    """Where evidence lies, and how."""

    archive_encrypted: bool = False
    """Whether new evidence is encrypted where it lies, with a key of each entity (AES-256-GCM).
    What is encrypted stays readable when this is taken back, and what is not when it is set."""

    archive_country: str | None = Field(default=None, pattern=r"^[A-Z]{2}$")
    """Where the archive's disks are, ISO 3166-1: laws that say where records lie are held to it.
    Unset: nothing is refused for that, and readiness says that nobody knows."""

    archive_scrub_days: float = Field(default=30, gt=0, le=3650)
    """From the end of one reading of all evidence to the next."""

    archive_journal: bool = True
    """Whether evidence on a disk goes through a journal: a document waits for the disk once, not
    for each of its files. Can be switched at any time; it takes up to 64 MB for each process."""

    archive_bucket: str | None = None
    """Where evidence goes, with versioning and Object Lock; unset: `<data>/archive`."""

    archive_url: str | None = Field(default=None, pattern=r"^https?://")
    """The service that has it, e.g. `https://s3.example`; unset: Amazon's, of `archive_region`."""

    archive_region: str = "us-east-1"
    """The bucket's region; services that have none take this one."""

    archive_mode: Literal["COMPLIANCE", "GOVERNANCE"] = "COMPLIANCE"
    """Who may end a lock early: nobody, or whoever has `s3:BypassGovernanceRetention`.
    A lock that is there never gets weaker."""

    archive_access_key: str | None = None
    """The access key id; unset: as boto3 finds it (environment, files, the machine's role)."""

    archive_secret_key: SecretStr | None = None
    """Its secret."""

    archive_secret_key_file: Directory | None = None
    """Or a file with it."""

    @model_validator(mode="after")
    def _key_and_secret_are_two(self) -> Self:
        secrets = (self.archive_secret_key, self.archive_secret_key_file)
        given = sum(one is not None for one in secrets)
        if given != (self.archive_access_key is not None):
            raise ValueError(
                "archive_access_key needs archive_secret_key or archive_secret_key_file, one of"
                " them, and they need it"
            )
        return self

    def archive_secret(self) -> str | None:
        """Return the secret of the access key; None where the machine's role is used.

        Raises:
            OSError: Its file cannot be read.
        """
        if self.archive_secret_key_file is not None:
            return self.archive_secret_key_file.read_text().strip()
        secret = self.archive_secret_key
        return None if secret is None else secret.get_secret_value()
