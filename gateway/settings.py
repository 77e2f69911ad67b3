"""What an operator can set, all of it through the environment.

Names are the field's in capitals with `GATEWAY_` in front, except `DATABASE_URL`, which other
tools know too. Every field says what it means; there is no settings file.
"""

from pathlib import Path
from typing import Self

from pydantic import AliasChoices, Field, SecretStr, model_validator
from pydantic_settings import SettingsConfigDict

from gateway.place import VALIDATION_SECONDS, default_data
from gateway.settings_archive import ArchiveSettings
from gateway.settings_authorities import AuthoritySettings
from gateway.settings_log import LogSettings
from gateway.settings_types import Addresses, Directory, Keys, Networks, Ports


class Settings(AuthoritySettings, ArchiveSettings, LogSettings):
    """The settings of one process, read once."""

    model_config = SettingsConfigDict(
        env_prefix="GATEWAY_",
        frozen=True,
        extra="forbid",
        populate_by_name=True,
        validate_default=True,
        env_ignore_empty=True,
    )

    # Storage -------------------------------------------------------------------------------
    data: Directory = Field(default_factory=default_data)
    """Everything the gateway writes: database, archive, artefact cache, secrets."""

    postgres_home: Directory | None = None
    """Where the embedded server lives, if not in `data`. As root it must be a directory that the
    account `postgres` (or `nobody`) can enter."""

    database_url: SecretStr | None = Field(
        default=None, validation_alias=AliasChoices("DATABASE_URL", "database_url")
    )
    """The PostgreSQL (16 or newer) to use, with the serving login; unset: the embedded one."""

    admin_database_url: SecretStr | None = None
    """For `gateway migrate` and `gateway fsck`: a login that may create roles and tables."""

    schemas_dir: Directory | None = None
    """A further directory with official artefacts, laid out as `schemas/manifest/` says;
    looked in after the installed packages and the cache."""

    validation_seconds: float = Field(default=VALIDATION_SECONDS, gt=0, allow_inf_nan=False)
    """The longest one document may be judged; then it is rejected, with that as the reason."""

    app_pool_size: int = Field(default=10, ge=1, le=500)
    """Database connections for requests; a request that finds none free waits `pool_seconds`."""

    worker_pool_size: int = Field(default=4, ge=1, le=500)
    """Database connections for the worker's short transactions."""

    auth_pool_size: int = Field(default=3, ge=1, le=500)
    """Database connections that look up API keys."""

    pool_seconds: float = Field(default=5, gt=0)
    """How long to wait for a free connection before answering 503."""

    statement_seconds: float = Field(default=30, gt=0)
    """The longest a single SQL statement may take."""

    lock_seconds: float = Field(default=10, gt=0)
    """The longest a statement may wait for a lock before the request answers 503."""

    idle_seconds: float = Field(default=60, gt=0)
    """The longest a transaction may sit idle; a stuck process must not hold a number series."""

    # Exports -------------------------------------------------------------------------------
    export_days: int = Field(default=7, ge=1, le=3650)
    """How many days a finished export can be fetched."""

    exit_receivers: Keys = ()
    """Keys of installations (`gateway exit key` there), with commas between, to which keys and
    secrets of an entity that leaves may go along. Unset: to none."""

    # Secrets -------------------------------------------------------------------------------
    master_key: SecretStr | None = None
    """32 bytes in base64 that seal all other secrets; unset: `<data>/secrets/master.key`. Several,
    with spaces between, are its versions, the newest first."""

    # Keys on a token -----------------------------------------------------------------------
    pkcs11_library: Directory | None = None
    """The PKCS #11 library of a token or HSM whose keys may sign; unset: there is none."""

    pkcs11_token: str = ""
    """The label of the token."""

    pkcs11_pin: SecretStr = SecretStr("")
    """The PIN of its user."""

    pkcs11_seconds: float = Field(default=5, gt=0, le=30)
    """The longest it may take over a signature, opening it anew included: others wait for the same
    chain. Then the request answers 503, and the token is not asked until it comes back."""

    # Time stamps ---------------------------------------------------------------------------
    tsa_urls: Addresses = ()
    """Time stamping authorities (RFC 3161) for seals, with commas between: the first that gives a
    good time stamp is taken. Unset: seals have none."""

    tsa_trust: str = "time-stamps"
    """The trust store (`gateway trust-stores`) that says whose time stamps count."""

    tsa_seconds: float = Field(default=2, gt=0, le=10)
    """The longest that all of them together may take: a document is issued without, if need be,
    and holds a connection meanwhile. At most half of `pool_seconds` and of `idle_seconds`."""

    # HTTP ----------------------------------------------------------------------------------
    host: str = "127.0.0.1"
    """The address to listen on."""

    port: int = Field(default=8080, ge=0, le=65535)
    """The port to listen on; 0 takes a free one."""

    max_body_bytes: int = Field(default=10 * 1024 * 1024, ge=1024)
    """The largest request body; a larger one answers 413."""

    intake_waiting: int = Field(default=5000, ge=1)
    """How many requests with `?async=true` may wait to be written; one more is answered 503."""

    intake_waiting_bytes: int = Field(default=64 * 1024 * 1024, ge=1)
    """How large their bodies may be together."""

    intake_seconds: float = Field(default=30, gt=0, allow_inf_nan=False)
    """The longest that such a request waits for its answer before it is answered 503."""

    # Access --------------------------------------------------------------------------------
    requests_per_minute: int = Field(default=6000, ge=0)
    """How often one key or session may call, per process; 0 for any number."""

    requests_per_second: int = Field(default=300, ge=0)
    """How many of these may come at once, within a second; 0 for any number."""

    unauthenticated_per_minute: int = Field(default=300, ge=0)
    """How often one address may call without a good key, per process; 0 for any number."""

    attempts_per_minute: int = Field(default=10, ge=0)
    """How often one address may try to exchange a link or invitation; 0 for any number."""

    shared_per_minute: int = Field(default=300, ge=0)
    """How often one address may ask for what shared links show, per process; 0 for any number. A
    page is up to three requests."""

    shared_link_per_minute: int = Field(default=300, ge=0)
    """How often one shared link may be asked for, from wherever; 0 for any number."""

    link_seconds: int = Field(default=15 * 60, ge=60)
    """How long a magic link can be used when whoever makes it says nothing else."""

    link_max_seconds: int = Field(default=24 * 3600, ge=60)
    """The longest that a magic link may be usable."""

    session_seconds: int = Field(default=8 * 3600, ge=60)
    """How long a session lasts."""

    invitation_seconds: int = Field(default=7 * 24 * 3600, ge=60)
    """How long an invitation can be accepted."""

    # Worker --------------------------------------------------------------------------------
    lease_seconds: float = Field(default=15, gt=0)
    """How long a lane stays with a worker that does not renew."""

    renew_seconds: float = Field(default=5, gt=0)
    """How often a worker renews its lanes; well below `lease_seconds`."""

    poll_seconds: float = Field(default=1, gt=0)
    """How often a worker looks for due work without a hint."""

    job_threads: int = Field(default=4, ge=1, le=64)
    """How many background jobs one process does at the same time."""

    # Watching and stopping -----------------------------------------------------------------
    metrics_port: int | None = Field(default=None, ge=0, le=65535)
    """Where `gateway serve` shows /metrics for Prometheus, with /health and /ready beside it, on a
    port of its own: never on the public one. Unset: nowhere; 0 takes a free one."""

    worker_port: int | None = Field(default=None, ge=0, le=65535)
    """The same for `gateway worker`, which has no other port."""

    monitor_host: str = "127.0.0.1"
    """The address that these ports listen on. Whoever reaches it reads the figures."""

    drain_notice_seconds: float = Field(default=0, ge=0, le=300)
    """After SIGTERM, requests are still taken for so long while /ready says no: as long as a load
    balancer needs to notice."""

    drain_seconds: float = Field(default=30, ge=0, le=3600)
    """After that, the longest that requests and messages on the wire may take to finish."""

    # Webhooks ------------------------------------------------------------------------------
    webhook_ports: Ports = (443, 80)
    """Ports that webhook endpoints may have, with commas between."""

    webhook_allow_private: Networks = ()
    """Networks that webhook endpoints may be in although they are not public, on any port, with
    commas between: `127.0.0.0/8,::1/128` for receivers on one's own machine. Whoever may make
    endpoints can then reach everything there."""

    # VAT numbers ---------------------------------------------------------------------------
    vies_url: str = "https://ec.europa.eu/taxation_customs/vies/services/checkVatService"
    """Where live entities ask about VAT numbers of the Union."""

    sandbox_vies_url: str | None = None
    """Where sandbox entities ask: the address of a local VIES without its path. Unset: one is
    started with the gateway."""

    vies_seconds: float = Field(default=30, gt=0, le=60)
    """The longest one question may take. VIES itself waits for a member state, often long."""

    vies_display_hours: float = Field(default=168, ge=0, le=720)
    """How old a `valid` answer may be that is only shown to somebody."""

    vies_determination_hours: float = Field(default=24, ge=0, le=24)
    """The same where the tax of a draft rests on it: a day and no longer."""

    vies_issue_hours: float = Field(default=24, ge=0, le=24)
    """The same where a document is issued on it: a day and no longer."""

    vies_invalid_minutes: float = Field(default=60, ge=0, le=1440)
    """How old an `invalid` answer may be, for anything: numbers come into force any day, and who
    corrected his registration should not wait."""

    vies_limit: int = Field(default=8, ge=1, le=100)
    """Questions to one service at a time, over all processes. VIES refuses what is too much for
    it and does not say how much that is."""

    vies_state_limit: int = Field(default=2, ge=1, le=100)
    """The same to one member state."""

    vies_failures: int = Field(default=5, ge=1, le=100)
    """So many failures in a row, and a member state, or the service, is left alone for a while."""

    vies_pause_seconds: float = Field(default=30, gt=0, le=3600)
    """For how long at first; twice as long each time that one trial fails, up to 15 minutes."""

    vies_retry_hours: float = Field(default=72, gt=0, le=720)
    """How long a question that nobody answers is asked again: over a weekend."""

    vies_batch_minutes: float = Field(default=30, gt=0, le=1440)
    """How long a batch goes on asking before it reports the rest as unknown."""

    vies_threads: int = Field(default=4, ge=1, le=32)
    """Questions that one worker process asks at a time of those that wait."""

    hmrc_url: str = "https://api.service.hmrc.gov.uk"
    """Where live entities ask about VAT numbers of Great Britain."""

    hmrc_client_id: str | None = None
    """Of the application registered with HMRC; unset: numbers of Great Britain are `unknown`."""

    hmrc_client_secret: SecretStr | None = None
    """Of the same."""

    # Mail ----------------------------------------------------------------------------------
    smtp_url: SecretStr | None = None
    """The mail server: `smtp://user:password@host:587` (STARTTLS, never without), `smtps://...`
    (TLS from the first byte), `smtp+plain://...` (neither). Unset: no e-mail leaves."""

    mail_from: str = "invoices@localhost"
    """The address that e-mails come from; the name before it is the entity's."""

    smtp_seconds: float = Field(default=60, gt=0, le=300)
    """The longest silence of the mail server."""

    smtp_trust: Directory | None = None
    """The only certificates (PEM) to trust of the mail server; unset: the machine's."""

    sandbox_mail: bool = False
    """Whether e-mails of sandbox entities leave too. Otherwise they are captured."""

    public_url: str | None = None
    """How people reach this gateway, e.g. `https://invoices.example`: begins the links that are
    shared. Unset: `http://host:port`."""

    @model_validator(mode="after")
    def _stamps_hold_nobody_up(self) -> Self:
        longest = min(self.pool_seconds, self.idle_seconds) / 2
        if self.tsa_urls and self.tsa_seconds > longest:
            raise ValueError(
                f"tsa_seconds must be at most {longest:g}, half of pool_seconds and idle_seconds:"
                " documents hold a connection while they wait for a time stamp"
            )
        return self

    @property
    def compiled_rules(self) -> Path:
        """Where compiled rule sets are kept."""
        return self.data / "compiled-rules"
