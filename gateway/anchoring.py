"""Where the heads of the log go, as the settings say; mail and time stamps among them."""

import datetime
import hashlib
from dataclasses import dataclass, replace
from email.message import EmailMessage
from email.utils import format_datetime

from gateway.archive.anchors import ROUND_SECONDS, AnchorError, Anchors, Place
from gateway.archive.asking import AskedWitness
from gateway.archive.checkpoint import Checkpoint
from gateway.archive.cosignatures import Witness
from gateway.archive.keys import WitnessKey
from gateway.archive.notes import NoteError, Verifier
from gateway.archive.places import DirectoryPlace, WebPlace
from gateway.archive.service import Archive
from gateway.archive.witnessing import Witnessing
from gateway.delivery.mail import PostOffice
from gateway.delivery.smtp import MailServerError, OutcomeUnknownError, deliver
from gateway.jobs.registry import Jobs
from gateway.kit import clock
from gateway.kit.database import Database
from gateway.kit.outbound import OutboundError, Target
from gateway.kit.secrets import MasterKey
from gateway.settings import Settings
from gateway.signing.composition import time_stamps_of
from gateway.signing.time_stamps import NoTimeStampError, TimeStamps

_MAIL_SECONDS = 10.0  # other rounds of the process wait meanwhile


class AnchorSettingsError(ValueError):
    """The settings name a place or key that cannot be used; the message says which."""


@dataclass(frozen=True, slots=True)
class MailPlace:
    """A mailbox that each head is sent to: mail servers date it, and its owner cannot be edited.

    Attributes:
        office: How this process sends mail.
        address: Where to.
    """

    office: PostOffice
    address: str
    kind: str = "e-mail"

    @property
    def target(self) -> str:
        """The domain: who reads there is nobody's business."""
        return self.address.rpartition("@")[2]

    def put(self, head: Checkpoint, note: str) -> bytes | None:
        """Send a head. The same head has the same Message-ID, however often it is sent."""
        if self.office.server is None:
            raise AnchorError("there is no mail server")
        message = EmailMessage()
        digest = hashlib.sha256(note.encode()).hexdigest()[:32]
        message["Message-ID"] = f"<log.{digest}@{self.office.address.rpartition('@')[2]}>"
        message["From"], message["To"] = self.office.address, self.address
        message["Date"] = format_datetime(clock.now())
        message["Subject"] = f"{head.origin}: {head.size}"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(note, cte="base64")
        content = message.as_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        server = replace(self.office.server, seconds=_MAIL_SECONDS)
        try:
            answers = deliver(server, self.office.address, [self.address], content)
        except (MailServerError, OutcomeUnknownError) as error:
            raise AnchorError(str(error)) from None
        if answers[self.address].outcome != "sent":
            raise AnchorError(answers[self.address].reply)
        return None

    def newest(self) -> Checkpoint | None:
        """Return None: mailboxes are not read."""
        return None


@dataclass(frozen=True, slots=True)
class StampPlace:
    """A time stamping authority (RFC 3161): it signs that the head existed then.

    Attributes:
        database: Holds whom to trust.
        time_stamps: The operator's authorities.
    """

    database: Database
    time_stamps: TimeStamps
    kind: str = "time-stamp"

    @property
    def target(self) -> str:
        """The host of the first authority."""
        return Target.parse(self.time_stamps.urls[0]).authority

    def put(self, head: Checkpoint, note: str) -> bytes | None:  # noqa: ARG002 - of the protocol
        """Have the bytes of the signed checkpoint stamped; the token is what is given."""
        with self.database.worker_transaction() as transaction:
            stamp = self.time_stamps(transaction)
        if stamp is None:
            raise AnchorError("there is no time stamping authority")
        try:
            return stamp(note.encode())
        except NoTimeStampError as error:
            raise AnchorError(str(error)) from None

    def newest(self) -> Checkpoint | None:
        """Return None: an authority keeps nothing."""
        return None


@dataclass(frozen=True, slots=True)
class Heads:
    """What this installation does about heads of logs: its own, and those of others.

    Attributes:
        anchors: Leaves its own with others.
        witnessing: Cosigns those of others; None: of nobody.
    """

    anchors: Anchors
    witnessing: Witnessing | None


def opened(
    settings: Settings,
    jobs: Jobs,
    master_key: MasterKey,
    archive: Archive,
    office: PostOffice,
) -> Heads:
    """Read the settings, and ask those who hold heads of this log whether they know more.

    From then on heads are left where the operator wants them, again and again.

    Raises:
        AnchorSettingsError: The settings name something that cannot be used.
        LogRewoundError: Somebody knows a larger log, or another one.
    """
    database = jobs.database
    anchors = anchors_of(settings, database, archive, office)
    anchors.compare()
    if anchors.places or anchors.witnesses:
        jobs.every(ROUND_SECONDS, "log.anchors", anchors.look)
    return Heads(anchors, witnessing_of(settings, database, master_key, archive))


def anchors_of(
    settings: Settings,
    database: Database,
    archive: Archive,
    office: PostOffice,
) -> Anchors:
    """Return where the heads of this log are left.

    Raises:
        AnchorSettingsError: The settings name something that cannot be used.
    """
    places: list[Place] = []
    time_stamps = time_stamps_of(settings)
    if settings.log_anchor_directory is not None:
        places.append(DirectoryPlace(settings.log_anchor_directory, archive.verifier))
    try:
        for url in settings.log_anchor_urls:
            Target.parse(url)
            places.append(WebPlace(url))
        witnesses = [AskedWitness.parse(one) for one in settings.log_witnesses]
    except OutboundError as error:
        raise AnchorSettingsError(f"an address of GATEWAY_LOG_ANCHOR_URLS {error}") from None
    except NoteError as error:
        raise AnchorSettingsError(f"GATEWAY_LOG_WITNESSES: {error}") from None
    places += (MailPlace(office, address) for address in settings.log_anchor_mail)
    if settings.log_anchor_time_stamps:
        if not time_stamps.urls:
            raise AnchorSettingsError("GATEWAY_LOG_ANCHOR_TIME_STAMPS needs GATEWAY_TSA_URLS")
        places.append(StampPlace(database, time_stamps))
    return Anchors(
        database,
        archive.key,
        archive.publication,
        places,
        witnesses,
        datetime.timedelta(minutes=settings.log_anchor_minutes),
    )


def witnessing_of(
    settings: Settings, database: Database, master_key: MasterKey, archive: Archive
) -> Witnessing | None:
    """Return this installation as a witness; None: it witnesses nobody.

    Raises:
        AnchorSettingsError: The settings name a key that cannot be read.
    """
    if not settings.witnessed_logs:
        return None
    try:
        logs = [Verifier.parse(one) for one in settings.witnessed_logs]
        name = settings.witness_name or f"{archive.verifier.name}/witness"
        Witness(name, b"")  # refuses a name that no key may have
        key = WitnessKey.open(database, master_key, name=name, now=clock.now())
    except NoteError as error:
        what = "GATEWAY_WITNESSED_LOGS or GATEWAY_WITNESS_NAME"
        raise AnchorSettingsError(f"{what}: {error}") from None
    return Witnessing.of(database, key, logs)
