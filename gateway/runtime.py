"""The composition root: what one process of the gateway is made of."""

import datetime
from collections.abc import Collection, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from typing import Any, Self
from uuid import UUID

from formats.registry import PROFILES
from gateway import anchoring, wires
from gateway.archive import scrub_rounds as scrubbing
from gateway.archive.service import Archive
from gateway.bulk.service import Bulk
from gateway.channels.places import address
from gateway.channels.sandbox_network import SandboxNetwork
from gateway.compliance.profiles import USUAL
from gateway.compliance.validation import Validator
from gateway.delivery.composition import mail_of, public_url, sending
from gateway.delivery.logos import Logos
from gateway.delivery.mail import Mail
from gateway.delivery.notices import Notices
from gateway.delivery.received import why_received
from gateway.delivery.reminders import SECONDS as REMINDING_SECONDS
from gateway.delivery.reminders import Reminders
from gateway.delivery.renditions import Renditions
from gateway.delivery.sharing import Sharing
from gateway.documents import holding
from gateway.documents.fiscal.service import Fiscal
from gateway.documents.issue import Issuer
from gateway.documents.reissuing import reissued
from gateway.documents.sealing import Seals
from gateway.documents.service import Documents
from gateway.documents.vat_numbers import VatNumbers
from gateway.events.notifier import Notifier
from gateway.evidence_sets.composition import retrievals_of
from gateway.evidence_sets.retrieval import Retrievals
from gateway.exits.service import Exits
from gateway.exports.contents import contents_of
from gateway.exports.service import Exports
from gateway.followers import Followers
from gateway.inbox.service import Inbox
from gateway.intake.collector import Collector
from gateway.intake.composition import collector_of
from gateway.jobs.policy import Policy
from gateway.jobs.registry import Jobs
from gateway.kit import clock, guard
from gateway.kit.bootstrap import Storage
from gateway.kit.database import Database
from gateway.kit.outbound import Policy as Outbound
from gateway.kit.secrets import MasterKey
from gateway.kit.tenancy import TenantTransaction
from gateway.ksef_access.service import KsefAccess
from gateway.monitoring.vitals import Vitals
from gateway.preflight.service import Preflight
from gateway.readiness.service import inspected
from gateway.recurring import sending as recurring
from gateway.recurring.making import Maker
from gateway.recurring.service import Recurring
from gateway.reports.board import Setup
from gateway.retention import composition as retention
from gateway.revalidations.service import Revalidations
from gateway.settings import Settings
from gateway.signing.composition import arrange_rounds, time_stamps_of, vault_of
from gateway.signing.service import Vault
from gateway.tenants import service as tenants
from gateway.tenants.rates import Rates
from gateway.transmissions.conduct import Conduct
from gateway.transmissions.journal import Journal
from gateway.transmissions.replaying import Wires
from gateway.verifactu import composition as verifactu
from gateway.vies import composition as vies
from gateway.vies import views as vat_views
from gateway.vies.batches import Batches
from gateway.vies.service import VatChecks
from gateway.webhooks.service import Webhooks


@dataclass(slots=True)
class Runtime(Followers):
    """Everything a process holds open. Open it once, close it at the end.

    Attributes:
        settings: What the operator chose.
        storage: Where the database is; the embedded server, if it is ours.
        database: The pools of this process.
        master_key: Seals and hashes.
        vault: The keys that sign.
        ksef_access: Asks KSeF who may do what.
        preflight: Examines drafts before they are issued.
        archive, heads: Evidence and the log over it; its heads with others, and theirs here.
        validator: The layers that judge documents.
        documents: The documents feature.
        inbox: Received documents.
        renditions, mail: Draw them for people, and send them.
        notices: Sends people what is not about a document: invitations, and what needs them.
        sharing: Shows them to who has a link.
        reminders: Reminds of unpaid ones.
        notifier: Wakes those who wait for events; started by whoever serves HTTP.
        journal: Records the steps of transmissions.
        jobs: What is done in the background.
        outbound: Which addresses of strangers may be asked.
        webhooks: Makes webhook endpoints.
        rates: How often who called.
        recurring: The recurring invoices.
        bulk, collector: Many documents in one request; many requests in one transaction.
        exports, exits: Many documents in one file; a whole entity in one.
        retrievals: The evidence of many documents in one file.
        revalidations: Judges archived documents again.
        vat_checks, vat_batches: Ask whether VAT numbers are in force; about many of them.
        vitals: How this process is.
        sandbox_network: The wire of the sandbox; set once it is known where it listens.
    """

    settings: Settings
    storage: Storage
    database: Database
    master_key: MasterKey
    vault: Vault
    ksef_access: KsefAccess
    preflight: Preflight
    archive: Archive
    heads: anchoring.Heads
    validator: Validator
    documents: Documents
    inbox: Inbox
    renditions: Renditions
    mail: Mail
    notices: Notices
    sharing: Sharing
    reminders: Reminders
    notifier: Notifier
    journal: Journal
    jobs: Jobs
    outbound: Outbound
    webhooks: Webhooks
    rates: Rates
    recurring: Recurring
    bulk: Bulk
    collector: Collector
    exports: Exports
    exits: Exits
    retrievals: Retrievals
    revalidations: Revalidations
    vat_checks: VatChecks
    vat_batches: Batches
    vitals: Vitals
    sandbox_network: SandboxNetwork | None = None

    @classmethod
    def open(cls, settings: Settings) -> Self:
        """Start or join the database, check that it is safe to serve from, read the master key.

        Raises:
            EmbeddedPostgresError, BootstrapError: There is no database.
            UnsafeDatabaseError: It must not be served from, or is not migrated.
            MasterKeyError: The master key cannot be used.
        """
        storage = Storage.open(settings)
        try:
            return cls.over(settings, storage)
        except BaseException:
            storage.close()
            raise

    @classmethod
    def over(cls, settings: Settings, storage: Storage) -> Self:
        """Make the runtime over a database that is up; see `open`.

        Raises:
            LogRewoundError, PublicationError, LogKeyError, UnsealError: The archive's log does not
                continue what was published, or cannot be signed.
        """
        with ExitStack() as undo:
            master_key = MasterKey.open(settings)
            database = Database(
                storage.url,
                app_pool_size=settings.app_pool_size,
                worker_pool_size=settings.worker_pool_size,
                auth_pool_size=settings.auth_pool_size,
                pool_seconds=settings.pool_seconds,
                statement_seconds=settings.statement_seconds,
                lock_seconds=settings.lock_seconds,
                idle_seconds=settings.idle_seconds,
            )
            undo.callback(database.close)
            guard.check(database)
            archive = Archive.open(settings, database, master_key, now=clock.now())
            validator = Validator.open(settings)
            undo.callback(validator.close)
            outbound = Outbound(settings.webhook_ports, settings.webhook_allow_private)
            vat_checks = vies.checks_of(settings, database)
            vault = vault_of(settings, master_key)
            fiscal = Fiscal(vault.for_purpose, partial(address, settings))
            seals = Seals(vault.for_purpose, time_stamps_of(settings))
            issuer = Issuer(validator, archive, fiscal, seals)
            documents = Documents(issuer, VatNumbers(vat_checks))
            renditions = Renditions(database, documents, Logos(outbound), seals)
            mail = mail_of(settings, renditions)
            send = sending(documents, mail)
            jobs = Jobs(database, Policy(threads=settings.job_threads))
            notifier = Notifier(database)
            inbox = Inbox(database, archive, validator)
            exports = Exports.open(settings, jobs, contents_of(documents, renditions))
            runtime = cls(
                settings=settings,
                storage=storage,
                database=database,
                master_key=master_key,
                vault=vault,
                ksef_access=KsefAccess.open(settings, database, vault, clock.now),
                preflight=Preflight(database, documents, vault, wires.nowhere(settings)),
                archive=archive,
                heads=anchoring.opened(settings, jobs, master_key, archive, mail.office),
                validator=validator,
                inbox=inbox,
                documents=documents,
                renditions=renditions,
                mail=mail,
                notices=Notices(mail.office, master_key),
                reminders=Reminders(database, documents, mail),
                sharing=Sharing(master_key, public_url(settings)),
                notifier=notifier,
                journal=Journal(archive),
                outbound=outbound,
                webhooks=Webhooks(master_key, outbound),
                rates=Rates(settings),
                recurring=Recurring(Maker(documents, send)),
                bulk=Bulk(documents, send),
                collector=collector_of(settings, database, master_key),
                jobs=jobs,
                exports=exports,
                exits=Exits.open(settings, jobs, documents, inbox, vault),
                retrievals=retrievals_of(documents, inbox, exports, jobs),
                revalidations=Revalidations.open(settings, archive),
                vat_checks=vat_checks,
                vat_batches=Batches(vat_checks),
                vitals=Vitals.of(settings, database, master_key, notifier),
            )
            runtime.jobs.every(REMINDING_SECONDS, "delivery.reminders", runtime.reminders.round)
            runtime.register_jobs()
            undo.pop_all()
        return runtime

    def register_jobs(self) -> None:
        """Say who does which jobs, and what is done again and again."""
        self.bulk.arrange(self.jobs)
        self.jobs.handler(recurring.KIND, partial(recurring.run, self.recurring.maker))
        self.jobs.handler(holding.KIND, partial(holding.release, self.documents.finalize))
        self.vat_checks.answered.append(holding.answered)
        self.vat_checks.gave_up.append(holding.answered)
        arrange_rounds(self.jobs, self.database, self.outbound)
        scrubbing.arrange_rounds(self.jobs, self.settings, self.database, self.master_key)
        vies.arrange_rounds(self.jobs, self.vat_checks, self.vat_batches)
        self.revalidations.arrange(self.jobs)
        verifactu.arrange_rounds(self.jobs, self.database, self.vault.for_purpose)
        retention.arrange_rounds(self)

    def warm(self) -> None:
        """Begin to load what most documents are judged by, so that the first is not slow."""
        self.validator.warm(tuple(PROFILES[name] for name in USUAL), clock.now().date())

    def why_received(
        self, tx: TenantTransaction, document_id: UUID, *, leaving: bool = False
    ) -> str | None:
        """Say why a document may be with its receiver by mail or link; None when it is not."""
        return why_received(tx, document_id, leaving=leaving)

    def vat_checks_of(
        self, tx: TenantTransaction, numbers: Collection[str], now: datetime.datetime
    ) -> Mapping[str, Mapping[str, Any]]:
        """Say beside customers what the authority said last of their VAT numbers."""
        return vat_views.summaries(tx, numbers, now)

    def setups(self, tx: TenantTransaction, ids: Sequence[UUID]) -> Mapping[UUID, Setup]:
        """Say on the compliance board what entities lack before they are live, and what ends."""
        missing, nowhere = self.validator.missing, self.preflight.nowhere
        entities, place = tenants.some(tx, ids), self.archive.place
        found = inspected(tx, entities, missing, clock.now(), nowhere, place)
        return {id_: Setup(ready.missing, ready.noticed) for id_, ready in found.items()}

    @property
    def wires(self) -> Wires:
        """The adapters, for replays: they cannot send."""
        return partial(wires.offline, self.settings)

    def conduct_of(self, channel: str) -> Conduct | None:
        """Return how a channel's wire behaves, where that is known here."""
        found = self.wires(channel, clock.now)
        return None if found is None else found.conduct

    def standing_of(self, tx: TenantTransaction, document_id: UUID) -> str:
        """Return where a document stands: `issued`, `voided` ..."""
        return self.documents.get(tx, document_id).standing

    def issued_now(self, tx: TenantTransaction, document_id: UUID) -> dict[str, Any]:
        """Return what would be issued now, as a difference to what was."""
        row = self.documents.get(tx, document_id)
        return reissued(tx, row, self.archive, self.validator, clock.now().date())

    def close(self) -> None:
        """Stop listening, end the engine, close the pools, let go of the embedded server."""
        self.collector.close()
        self.notifier.close()
        self.validator.close()
        self.database.close()
        self.storage.close()
