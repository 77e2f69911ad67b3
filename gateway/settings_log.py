"""Where the heads of the archive's log go, and whose logs are witnessed here.

Names and environment are those of `Settings`.
"""

from pydantic import Field
from pydantic_settings import BaseSettings

from gateway.settings_types import Addresses, Directory


class LogSettings(BaseSettings):
    """Anchors, witnesses, and this installation as a witness; see docs/log.md."""

    log_origin: str | None = None
    """Name of the archive's log, e.g. `invoices.example/log`; chosen at the first start, for ever.
    Unset: `einvoice-gateway/` and a random id. No spaces, no `+`."""

    log_anchor_directory: Directory | None = None
    """A directory that takes each head of the log as a file, made once: on another machine or
    medium. It must exist. Read at every start: a database that is older is noticed."""

    log_anchor_urls: Addresses = ()
    """Web addresses that each head is posted to, with commas between."""

    log_anchor_mail: Addresses = ()
    """E-mail addresses that each head is sent to, with commas between; by `smtp_url`."""

    log_anchor_time_stamps: bool = False
    """Whether each head gets a time stamp (RFC 3161) of `tsa_urls`."""

    log_witnesses: Addresses = ()
    """Witnesses that cosign each head: verifier key, space, submission prefix; with commas
    between. Asked at every start, too."""

    log_anchor_minutes: float = Field(default=10, ge=0, le=1440)
    """The time from one head to the next at each of these places; they are looked at every half
    minute."""

    witnessed_logs: Addresses = ()
    """Verifier keys of logs that this installation cosigns, with commas between. Unset: none."""

    witness_name: str | None = None
    """The name of this witness; chosen when its key is made, for ever. Unset: the log's name and
    `/witness`."""
