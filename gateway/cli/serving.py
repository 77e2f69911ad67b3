"""`gateway serve` and `gateway worker`: processes that run until they are stopped."""

import os
import secrets
import signal
import socket
import sys
import threading
from collections.abc import Mapping
from contextlib import ExitStack

import uvicorn

from gateway import settings_names
from gateway.anchoring import AnchorSettingsError
from gateway.app import create_app
from gateway.archive.service import LogKeyError, LogRewoundError, PublicationError
from gateway.background import Background, Crew
from gateway.channels.credentials import Credentials
from gateway.channels.places import Place, UnknownPlaceError, UnusablePlaceError, place
from gateway.channels.registry import CHANNELS, adapters, conducts, why_nowhere
from gateway.channels.sandbox_network import CHANNEL as NETWORK
from gateway.channels.sandbox_network import SandboxNetwork
from gateway.cli import authorities
from gateway.cli.beside import Beside, BesideError
from gateway.cli.draining import Drain, Server
from gateway.delivery.outbox import Mailer
from gateway.delivery.smtp import MailServerUrlError
from gateway.inbox.keeper import Keeper
from gateway.intake.maker import Maker
from gateway.jobs.periodic import Periodic
from gateway.jobs.worker import JobWorker
from gateway.kit import logs
from gateway.kit.bootstrap import BootstrapError
from gateway.kit.console import err, fail
from gateway.kit.exchange import Client
from gateway.kit.guard import UnsafeDatabaseError
from gateway.kit.postgres_programs import EmbeddedPostgresError
from gateway.kit.secrets import MasterKeyError, UnsealError
from gateway.monitoring.lookup import shown
from gateway.monitoring.server import watched
from gateway.pickups.composition import puller_of
from gateway.recurring.generator import Generator
from gateway.runtime import Runtime
from gateway.settings import Settings
from gateway.transmissions.adapter import Adapter
from gateway.transmissions.deadlines.watch import Watch
from gateway.transmissions.policy import FAREWELL_SECONDS, Policy
from gateway.transmissions.worker import Worker
from gateway.vies.clerk import Clerk
from gateway.webhooks.courier import Courier
from gateway.webhooks.notice import MailNotice
from gateway.webhooks.policy import Policy as WebhookPolicy

CANNOT_START = (
    BootstrapError,
    EmbeddedPostgresError,
    UnsafeDatabaseError,
    MasterKeyError,
    UnsealError,
    LogKeyError,
    AnchorSettingsError,
    LogRewoundError,
    PublicationError,
    BesideError,
    MailServerUrlError,
    UnusablePlaceError,
    OSError,  # the data directory cannot be made or written: its message names the path
)
"""Everything an operator can mend; its message says how."""


def serve(*, with_worker: bool) -> None:
    """Run API, worker and local authorities over the database, until SIGTERM or SIGINT."""
    settings = Settings()
    logs.configure()
    settings_names.warn(os.environ)
    for number in (signal.SIGTERM, signal.SIGINT):
        # uvicorn ends, then sends itself the signal again: this unwinds the stack below
        signal.signal(number, lambda *_: sys.exit(0))
    with ExitStack() as stack:
        try:
            runtime = Runtime.open(settings)
            stack.callback(runtime.close)
            listener = stack.enter_context(_listen(settings))
            url = f"http://{settings.host}:{listener.getsockname()[1]}"
            beside = authorities.started(settings, url, stack)
            runtime.sandbox_network = SandboxNetwork.open(_sandbox_network(settings))
            wires = adapters(settings)
        except CANNOT_START as error:
            fail(str(error))
        runtime.warm()
        runtime.notifier.start()
        drain = Drain(settings, runtime.vitals)
        crew = Crew(_services(runtime, wires)) if with_worker else None
        runtime.vitals.crew = crew
        _watch(stack, runtime, settings.metrics_port)
        if crew is not None:
            crew.start()
            stack.callback(drain.finish, crew)
        listener.listen()  # who comes before the server is up waits in line
        _announce(url, beside)
        config = uvicorn.Config(
            create_app(runtime),
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=drain.grace,
        )
        Server(config, drain).run(sockets=[listener])
    drain.end(crew)


def work() -> None:
    """Run a worker until SIGTERM or SIGINT."""
    settings = Settings()
    logs.configure()
    settings_names.warn(os.environ)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: sys.exit(0))
    with ExitStack() as stack:
        try:
            runtime = Runtime.open(settings)
            stack.callback(runtime.close)
            wires = adapters(settings)
        except CANNOT_START as error:
            fail(str(error))
        drain = Drain(settings, runtime.vitals)
        crew = Crew(_services(runtime, wires))
        runtime.vitals.crew = crew
        _watch(stack, runtime, settings.worker_port)
        ended = threading.Event()
        drain.watch(ended.set)
        drain.install()
        crew.start()
        stack.callback(drain.finish, crew)
        ended.wait()
    drain.end(crew)


def _watch(stack: ExitStack, runtime: Runtime, port: int | None) -> None:
    """Show the process on a port of its own, if the settings name one."""
    host = runtime.settings.monitor_host

    def figures() -> bytes:
        return shown(runtime.database, runtime.archive).encode()

    try:
        url = stack.enter_context(watched(host, port, runtime.vitals, figures))
    except OSError as error:
        fail(f"cannot listen on {host}:{port}: {error}")
    if url is not None:
        err.print(f"Figures for Prometheus: {url}/metrics")


def _services(runtime: Runtime, wires: list[Adapter]) -> list[Background]:
    """Return all that a worker process does; each is safe to run on any number of machines."""
    jobs = (JobWorker(runtime.jobs), Periodic(runtime.jobs))
    generator = Generator(runtime.database, runtime.recurring.maker)
    network = SandboxNetwork.open(_sandbox_network(runtime.settings))
    keeper = Keeper(runtime.inbox, network, runtime.settings.poll_seconds)
    clerks = [
        Clerk(runtime.vat_checks, runtime.settings.poll_seconds)
        for _ in range(runtime.settings.vies_threads)
    ]
    maker = Maker(runtime.database, runtime.documents, runtime.settings.poll_seconds)
    lost = [one for one in CHANNELS if why_nowhere(runtime.settings, one)]
    watch = Watch(runtime.database, conducts(wires), nowhere=lost)
    puller = puller_of(
        runtime.settings, runtime.inbox, Credentials(runtime.database, runtime.vault)
    )
    others = (generator, _courier(runtime), keeper, _mailer(runtime), maker, watch, puller)
    return [_worker(runtime), *jobs, *others, *clerks]


def _mailer(runtime: Runtime) -> Mailer:
    return Mailer(runtime.database, runtime.mail, runtime.notices, runtime.settings.poll_seconds)


def _worker(runtime: Runtime) -> Worker:
    settings = runtime.settings
    return Worker(
        runtime.database,
        runtime.archive,
        adapters(settings),
        policy=Policy(
            lease_seconds=settings.lease_seconds,
            renew_seconds=settings.renew_seconds,
            poll_seconds=settings.poll_seconds,
            farewell_seconds=min(FAREWELL_SECONDS, settings.drain_seconds / 2),
        ),
        chance=secrets.SystemRandom().random,
        vault=Credentials(runtime.database, runtime.vault),
    )


def _courier(runtime: Runtime) -> Courier:
    return Courier(
        runtime.database,
        runtime.webhooks,
        Client(runtime.outbound),
        policy=WebhookPolicy(poll_seconds=runtime.settings.poll_seconds),
        chance=secrets.SystemRandom().random,
        notice=MailNotice(runtime.notices),
    )


def _sandbox_network(settings: Settings) -> Place:
    """Return where the sandbox network is: the settings', or the one started."""
    try:
        return place(settings, NETWORK)
    except UnknownPlaceError as error:
        fail(str(error))


def _listen(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
    except OSError as error:
        listener.close()
        fail(f"cannot listen on {settings.host}:{settings.port}: {error}; set GATEWAY_PORT")
    return listener


def _announce(url: str, beside: Mapping[str, Beside]) -> None:
    err.print(f"The gateway listens on {url}")
    err.print(f"API documentation: {url}/docs (OpenAPI 3.1: {url}/openapi.json)")
    err.print("A key for it:      gateway api-keys create --account NAME")
    for name, one in beside.items():
        err.print(f"Local authority:   {name} {one.url}")
