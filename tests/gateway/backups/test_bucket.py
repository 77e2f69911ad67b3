"""An archive in a bucket: backups have the database alone, and drills read the bucket."""

from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import SecretStr

from gateway.backups.drill import Asked, Drilled, drill, examine
from gateway.backups.errors import BackupError
from gateway.backups.installing import Order, install
from gateway.backups.restoring import Restored
from gateway.backups.steps import Steps
from gateway.backups.target import Target
from gateway.fsck.bucket import Bucket
from gateway.kit.embedded_postgres import EmbeddedPostgres
from tests.gateway.archive.stores import bucket as buckets
from tests.gateway.backups.conftest import backed_up, silent
from tests.gateway.houses import Shop, opened


def test_a_drill_reads_the_bucket_that_the_backup_names(
    postgres: EmbeddedPostgres, open_directory: Path, tmp_path: Path
) -> None:
    home = open_directory / "bucket"
    home.mkdir(mode=0o711)
    with buckets.served() as url:
        name, client = buckets.made(url), buckets.client(url)
        chosen = {
            "archive_bucket": name,
            "archive_url": url,
            "archive_access_key": "tester",
            "archive_secret_key": SecretStr(buckets.SECRET),
        }
        with opened(postgres, tmp_path, **chosen) as house:
            Shop.opened(house).issued()
            manifest = backed_up(house, home / "backup")
            bucket = Bucket.of(house.runtime.settings)
            [(owner, digest)] = house.sql(
                "select entity_id, sha256 from archive_entry where role = 'document'"
            )
            key = house.runtime.master_key
            assert (manifest.files, manifest.bytes, manifest.bucket) == (None, 0, name)
            assert not (home / "backup" / "archive").exists()
            asked = Asked(home / "backup", home / "place", tmp_path, master_key=key, bucket=bucket)
            with pytest.raises(BackupError, match="GATEWAY_ARCHIVE_BUCKET"):
                drill(replace(asked, bucket=None), silent)
            with pytest.raises(BackupError, match="GATEWAY_ARCHIVE_BUCKET"):
                install(Order(home / "backup"), Target(home / "new", home / "new"), key, silent)

            def drilled(place: str, bucket: Bucket | None) -> Drilled:
                """Examine the database that is there as if it had been restored."""
                found, data = Drilled(manifest), home / place / "data"
                data.mkdir(parents=True)
                restored = Restored(data, house.runtime.storage.url, house.admin_url)
                examine(replace(asked, bucket=bucket), restored, found, Steps(silent))
                return found

            whole = drilled("whole", bucket)
            assert (whole.findings, whole.documents) == ([], 1)
            empty = replace(bucket, name=buckets.made(url)) if bucket else None
            assert len(drilled("replica", empty).findings) == 5
            client.put_object(Bucket=name, Key=buckets.key(owner, bytes(digest)), Body=b"others")
            assert drilled("laid over", bucket).findings == []  # the version beneath is read
