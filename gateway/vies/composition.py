"""Checks of VAT numbers as the operator's settings make them."""

import datetime
import functools
import secrets
from datetime import timedelta
from urllib.parse import urlsplit

from gateway.jobs.registry import Jobs
from gateway.kit.database import Database
from gateway.kit.exchange import Client
from gateway.kit.tenancy import Environment
from gateway.settings import Settings
from gateway.vies import batches, watches
from gateway.vies.answers import Answer, Fault, Number, NumberService, Outcome, Question
from gateway.vies.asking import Asker, Services
from gateway.vies.directory import Directory
from gateway.vies.hmrc import HmrcCheck
from gateway.vies.lanes import Lanes
from gateway.vies.policy import Policy
from gateway.vies.service import VatChecks
from gateway.vies.soap import ADDRESS, PREFIXES, ViesSoap
from gateway.vies.wire import http_client

SANDBOX = "sandbox-vies"
"""The folder under the data, with the file `url`, of a local VIES that was started with us."""

_ITS_OWN = "sandbox"
"""Id and secret of the one application that the local HMRC knows."""


def checks_of(settings: Settings, database: Database) -> VatChecks:
    """Return the checks of a process."""
    policy = policy_of(settings)
    asker = Asker(Lanes(database, policy), services_of(settings))
    return VatChecks(database, asker, policy, secrets.SystemRandom().random)


def arrange_rounds(jobs: Jobs, checks: VatChecks, of_many: batches.Batches) -> None:
    """Have the processes do batches, and ask again about customers from time to time."""
    jobs.handler(batches.KIND, of_many.run)
    jobs.every(watches.SECONDS, "vies.rounds", watches.Rounds(checks).look)


def policy_of(settings: Settings) -> Policy:
    """Return the times that the operator chose."""
    return Policy(
        display=timedelta(hours=settings.vies_display_hours),
        determination=timedelta(hours=settings.vies_determination_hours),
        issue=timedelta(hours=settings.vies_issue_hours),
        invalid=timedelta(minutes=settings.vies_invalid_minutes),
        failures=settings.vies_failures,
        pause=timedelta(seconds=settings.vies_pause_seconds),
        state_limit=settings.vies_state_limit,
        service_limit=settings.vies_limit,
        flight=timedelta(seconds=settings.vies_seconds * 2 + 30),  # HMRC may ask for a token first
        give_up=timedelta(hours=settings.vies_retry_hours),
        batch=timedelta(minutes=settings.vies_batch_minutes),
    )


def services_of(settings: Settings) -> Services:
    """Return who is asked: a local VIES for the sandbox, the authorities for live entities.

    They are made when first needed: reading a WSDL takes its time.
    """
    http = http_client(total_seconds=settings.vies_seconds)

    @functools.cache
    def live() -> Directory:
        services: list[NumberService] = [ViesSoap(settings.vies_url, http=http)]
        name, secret = settings.hmrc_client_id, settings.hmrc_client_secret
        if name is not None and secret is not None:
            services.append(
                HmrcCheck(name, secret.get_secret_value(), settings.hmrc_url, http=http)
            )
        return Directory(services)

    @functools.lru_cache(maxsize=2)
    def sandbox(address: str | None) -> Directory:
        return Directory([_Unstarted()] if address is None else _local(address, http))

    def services(environment: Environment) -> Directory:
        return live() if environment == "live" else sandbox(_sandbox_address(settings))

    return services


def _local(address: str, http: Client) -> list[NumberService]:
    vies = ViesSoap(address + urlsplit(ADDRESS).path, http=http)
    return [vies, HmrcCheck(_ITS_OWN, _ITS_OWN, address, http=http)]


def _sandbox_address(settings: Settings) -> str | None:
    """Return where the local VIES listens: as set, or as the one that was started says."""
    if settings.sandbox_vies_url is not None:
        return settings.sandbox_vies_url.rstrip("/")
    try:
        return (settings.data / SANDBOX / "url").read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None


class _Unstarted:
    """Stands where a local VIES would: nobody started one."""

    name = "vies"

    def serves(self, number: Number) -> bool:
        """Tell whether the local one would be asked."""
        return number.prefix in PREFIXES or number.prefix == "GB"

    def ask(self, question: Question, *, now: datetime.datetime) -> Answer:
        """Say that nobody is there."""
        return Answer(
            question=question,
            outcome=Outcome.UNKNOWN,
            service=self.name,
            asked_at=now,
            fault=Fault.NO_ANSWER,
            detail="No local VIES is known: run `gateway serve` with the same GATEWAY_DATA, "
            "or set GATEWAY_SANDBOX_VIES_URL.",
        )
