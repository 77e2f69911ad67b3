"""`gateway serve` and `gateway worker`: processes that run until they are stopped."""

import secrets
import signal
import socket
import sys
import threading
from contextlib import ExitStack
from pathlib import Path

import uvicorn

from gateway.app import create_app
from gateway.archive.service import LogKeyError, LogRewoundError, PublicationError
from gateway.background import Background, running
from gateway.channels.sandbox_network import SandboxNetwork as SandboxAdapter
from gateway.cli.local_vies import LocalVies, LocalViesError
from gateway.cli.network import SandboxNetwork, SandboxNetworkError
from gateway.delivery.outbox import Mailer
from gateway.delivery.smtp import MailServerUrlError
from gateway.inbox.keeper import Keeper
from gateway.jobs.periodic import Periodic
from gateway.jobs.worker import JobWorker
from gateway.kit import logs
from gateway.kit.bootstrap import BootstrapError
from gateway.kit.console import err, fail
from gateway.kit.exchange import Client
from gateway.kit.guard import UnsafeDatabaseError
from gateway.kit.postgres_programs import EmbeddedPostgresError
from gateway.kit.secrets import MasterKeyError, UnsealError
from gateway.recurring.generator import Generator
from gateway.runtime import Runtime
from gateway.settings import Settings
from gateway.transmissions.policy import Policy
from gateway.transmissions.worker import Worker
from gateway.vies.clerk import Clerk
from gateway.webhooks.courier import Courier
from gateway.webhooks.notice import MailNotice
from gateway.webhooks.policy import Policy as WebhookPolicy

SIGNALS_PATH = "/v1/channels/sandbox-network/signals"
DELIVERIES_PATH = "/v1/channels/sandbox-network/deliveries"

CANNOT_START = (
    BootstrapError,
    EmbeddedPostgresError,
    UnsafeDatabaseError,
    MasterKeyError,
    UnsealError,
    LogKeyError,
    LogRewoundError,
    PublicationError,
    SandboxNetworkError,
    LocalViesError,
    MailServerUrlError,
    OSError,  # the data directory cannot be made or written: its message names the path
)
"""Everything an operator can mend; its message says how."""


def serve(*, with_worker: bool) -> None:
    """Run API, worker and sandbox network over the database, until SIGTERM or SIGINT."""
    settings = Settings()
    logs.configure()
    for number in (signal.SIGTERM, signal.SIGINT):
        # uvicorn ends, then sends itself the signal again: this unwinds the stack below
        signal.signal(number, lambda *_: sys.exit(0))
    with ExitStack() as stack:
        try:
            runtime = Runtime.open(settings)
            stack.callback(runtime.close)
            listener = stack.enter_context(_listen(settings))
            url = f"http://{settings.host}:{listener.getsockname()[1]}"
            if settings.sandbox_network_url is None:
                network = SandboxNetwork.start(
                    settings.data, url + SIGNALS_PATH, url + DELIVERIES_PATH
                )
                stack.callback(network.stop)
            if settings.sandbox_vies_url is None:
                stack.callback(LocalVies.start(settings.data).stop)
        except CANNOT_START as error:
            fail(str(error))
        runtime.sandbox_network = SandboxAdapter.open(*_sandbox_network(settings))
        runtime.warm()
        runtime.notifier.start()
        if with_worker:
            stack.enter_context(running(_services(runtime)))
        _announce(url)
        config = uvicorn.Config(
            create_app(runtime),
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=10,
        )
        uvicorn.Server(config).run(sockets=[listener])


def work() -> None:
    """Run a worker until SIGTERM or SIGINT."""
    settings = Settings()
    logs.configure()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    try:
        runtime = Runtime.open(settings)
    except CANNOT_START as error:
        fail(str(error))
    try:
        with running(_services(runtime)):
            stop.wait()
    finally:
        runtime.close()


def _services(runtime: Runtime) -> list[Background]:
    """Return all that a worker process does; each is safe to run on any number of machines."""
    jobs = (JobWorker(runtime.jobs), Periodic(runtime.jobs))
    generator = Generator(runtime.database, runtime.recurring.maker)
    network = SandboxAdapter.open(*_sandbox_network(runtime.settings))
    keeper = Keeper(runtime.inbox, network, runtime.settings.poll_seconds)
    clerks = [
        Clerk(runtime.vat_checks, runtime.settings.poll_seconds)
        for _ in range(runtime.settings.vies_threads)
    ]
    others = (generator, _courier(runtime), keeper, _mailer(runtime))
    return [_worker(runtime), *jobs, *others, *clerks]


def _mailer(runtime: Runtime) -> Mailer:
    return Mailer(runtime.database, runtime.mail, runtime.notices, runtime.settings.poll_seconds)


def _worker(runtime: Runtime) -> Worker:
    settings = runtime.settings
    url, trust = _sandbox_network(settings)
    return Worker(
        runtime.database,
        runtime.archive,
        [SandboxAdapter.open(url, trust)],
        policy=Policy(
            lease_seconds=settings.lease_seconds,
            renew_seconds=settings.renew_seconds,
            poll_seconds=settings.poll_seconds,
        ),
        chance=secrets.SystemRandom().random,
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


def _sandbox_network(settings: Settings) -> tuple[str, Path]:
    """Return URL and CA certificate of the sandbox network: the settings', or the one started."""
    home = settings.data / "sandbox-network"
    trust = settings.sandbox_network_trust or home / "ca.pem"
    url = settings.sandbox_network_url
    try:
        return url or (home / "url").read_text().strip(), trust
    except FileNotFoundError:
        fail(
            "no sandbox network is known: run `gateway serve` with the same GATEWAY_DATA first, "
            "or set GATEWAY_SANDBOX_NETWORK_URL and GATEWAY_SANDBOX_NETWORK_TRUST"
        )


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


def _announce(url: str) -> None:
    err.print(f"The gateway listens on {url}")
    err.print(f"API documentation: {url}/docs (OpenAPI 3.1: {url}/openapi.json)")
    err.print("A key for it:      gateway api-keys create --account NAME")
