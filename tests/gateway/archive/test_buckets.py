"""An installation whose evidence is in a bucket: archived, read again, checked and watched."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import pytest

from gateway.archive.scrubbing import Run, Scrub
from gateway.archive.service import Archive, EvidenceItem
from gateway.archive.stores.composition import opened
from gateway.archive.stores.entity_keys import FORM
from gateway.archive.stores.s3 import S3Store
from gateway.events.notifier import Notifier
from gateway.fsck.bucket import Bucket
from gateway.fsck.service import check
from gateway.kit.database import Database
from gateway.kit.secrets import MasterKey
from gateway.monitoring.vitals import Vitals
from gateway.settings import Settings
from tests.gateway.archive import seed
from tests.gateway.archive.seed import NOW
from tests.gateway.archive.stores import bucket as buckets

KEY = MasterKey(bytes(32))
CONTENTS = [b"evidence %d" % number for number in range(3)]
DIGESTS = [sha256(content).digest() for content in CONTENTS]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with buckets.served() as address:
        yield address


class Place:
    """An archive with one document."""

    def __init__(self, database: Database, admin_url: str, settings: Settings) -> None:
        self.settings, self.database, self.admin_url = settings, database, admin_url
        self.client = buckets.client(str(settings.archive_url))
        archive = Archive.open(settings, database, KEY, now=NOW)
        owner = seed.tenant(admin_url)
        self.owner: UUID = owner.entity_ids[0]
        document = seed.document(admin_url, owner, b"0", day=NOW.date())
        items = [EvidenceItem("signal", "a.txt", "text/plain", one) for one in CONTENTS]
        with database.transaction(owner) as tx:
            archive.record(tx, document_id=document, items=items, now=NOW)

    def stored(self, number: int) -> dict[str, str]:
        key = buckets.key(self.owner, DIGESTS[number])
        return {"Bucket": str(self.settings.archive_bucket), "Key": key}

    def replace(self, number: int, content: bytes | None) -> None:
        """Take evidence away for good, as whoever has the right could, and lay other bytes."""
        named = self.stored(number)
        found = self.client.list_object_versions(Bucket=named["Bucket"], Prefix=named["Key"])
        for one in found["Versions"]:
            self.client.delete_object(**named, VersionId=one["VersionId"])
        if content is not None:
            self.client.put_object(**named, Body=content)

    def scrubbed(self) -> Run:
        scrub = Scrub(self.database, opened(self.settings, self.database, KEY), step=2)
        run = scrub.begin(NOW)
        while run.ended_at is None:
            run = scrub.go_on(run, NOW)
        return run

    def blamed(self, key: MasterKey | None = KEY) -> list[str]:
        report = check(
            self.admin_url,
            self.settings.data,
            master_key=key,
            bucket=Bucket.of(self.settings),
        )
        problems = report.invariants["INV5"].problems
        return [one.what for one in problems if "blob" in one.what]


@pytest.fixture(params=[False, True], ids=["plain", "encrypted"])
def place(
    request: pytest.FixtureRequest, database: Database, admin_url: str, tmp_path: Path, url: str
) -> Place:
    name = buckets.made(url)
    settings = buckets.settings_of(url, name, tmp_path, encrypted=request.param)
    return Place(database, admin_url, settings)


def test_evidence_is_in_the_bucket_and_nothing_on_the_disk(place: Place) -> None:
    stored = place.client.get_object(**place.stored(0))["Body"].read()
    if place.settings.archive_encrypted:
        assert stored.startswith(FORM)
    else:
        assert stored == CONTENTS[0]
    assert not (place.settings.data / "archive").exists()
    store = opened(place.settings, place.database, KEY)
    assert isinstance(store, S3Store)
    assert [store.get(place.owner, digest) for digest in DIGESTS] == CONTENTS


def test_all_of_it_is_read_again(place: Place) -> None:
    run = place.scrubbed()
    assert (run.files, run.damaged, run.missing, run.unlogged) == (3, 0, 0, 0)
    place.replace(0, b"other bytes")
    place.replace(1, None)
    run = place.scrubbed()
    assert (run.files, run.damaged, run.missing, run.unlogged) == (1, 1, 1, 0)


def test_the_checker_reads_it_with_code_of_its_own(place: Place) -> None:
    assert place.blamed() == []
    place.client.put_object(**place.stored(2), Body=b"laid over")
    assert place.blamed() == []
    place.replace(0, b"other bytes")
    place.replace(1, None)
    blamed = "\n".join(place.blamed())
    assert f"the blob {DIGESTS[0].hex()} has other bytes" in blamed
    assert f"the blob {DIGESTS[1].hex()} cannot be read" in blamed
    assert DIGESTS[2].hex() not in blamed


def test_a_bucket_is_watched_as_a_disk_is(database: Database, tmp_path: Path, url: str) -> None:
    def failed(*, lock: bool) -> dict[str, str | None]:
        settings = buckets.settings_of(url, buckets.made(url, lock=lock), tmp_path)
        key = MasterKey.open(settings)
        vitals = Vitals.of(settings, database, key, Notifier(database))
        return {one.name: one.reason for one in vitals.look() if one.name == "archive"}

    assert failed(lock=True) == {"archive": None}
    assert failed(lock=False) == {"archive": "it takes nothing"}


def test_a_key_of_the_bucket_has_one_secret(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("from a file\n")
    told = Settings(data=tmp_path, archive_access_key="a", archive_secret_key_file=file)
    assert told.archive_secret() == "from a file"
    assert Settings(data=tmp_path).archive_secret() is None
    for wrong in (
        {"archive_access_key": "a"},
        {"archive_secret_key_file": file},
        {"archive_access_key": "a", "archive_secret_key": "b", "archive_secret_key_file": file},
    ):
        with pytest.raises(ValueError, match="archive_access_key needs"):
            Settings.model_validate({"data": tmp_path, **wrong})
