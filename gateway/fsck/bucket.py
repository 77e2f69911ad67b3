"""The archive's bucket, read without the code that fills it."""

import errno
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from gateway.settings import Settings


@dataclass(frozen=True, slots=True)
class Bucket:
    """A bucket of versions.

    Attributes:
        name: Its name.
        client: Of boto3.
    """

    name: str
    client: Any = field(repr=False)

    @classmethod
    def of(cls, settings: Settings) -> "Bucket | None":
        """Return the one that the settings name; None where the archive is on a disk.

        Raises:
            OSError: The file with its secret cannot be read.
        """
        if settings.archive_bucket is None:
            return None
        import boto3  # noqa: PLC0415 - an optional package
        from botocore.config import Config  # noqa: PLC0415 - the same

        client = boto3.client(
            "s3",
            endpoint_url=settings.archive_url,
            region_name=settings.archive_region,
            aws_access_key_id=settings.archive_access_key,
            aws_secret_access_key=settings.archive_secret(),
            config=Config(proxies={}, response_checksum_validation="when_required"),
        )
        return cls(settings.archive_bucket, client)

    def versions(self, key: str) -> Iterator[bytes]:
        """Yield the bytes of all versions under a key, those under a mark of deletion too.

        Raises:
            OSError: The bucket does not answer.
        """
        from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 - optional

        pages = self.client.get_paginator("list_object_versions")
        try:
            for page in pages.paginate(Bucket=self.name, Prefix=key):
                for one in page.get("Versions", ()):
                    if one["Key"] == key:
                        found = self.client.get_object(
                            Bucket=self.name, Key=key, VersionId=one["VersionId"]
                        )
                        yield found["Body"].read()
        except (BotoCoreError, ClientError) as error:
            raise OSError(errno.EIO, f"the bucket does not give it: {error}") from error
