"""Bytes in a bucket of a server that speaks S3: MinIO in the office, or a cloud of the province."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gengdu.records.evidence.stores import PIECE, Missing, Spoilt, checked, is_digest

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

PREFIX = "evidence/"
_GONE = ("404", "NoSuchKey", "NotFound")


class S3Store:
    """A bucket; an object appears whole or not at all."""

    def __init__(
        self, *, endpoint: str, bucket: str, access_key: str, secret: str, region: str, style: str
    ) -> None:
        import boto3  # a second of start-up that only those pay who use it
        from boto3.s3.transfer import TransferConfig
        from botocore.config import Config

        self.bucket = bucket
        self.client: S3Client = boto3.client(
            "s3", endpoint_url=endpoint or None, region_name=region, aws_access_key_id=access_key,
            aws_secret_access_key=secret,
            config=Config(
                connect_timeout=5, read_timeout=60, retries={"mode": "standard", "max_attempts": 4},
                s3={"addressing_style": style},  # type: ignore[arg-type]
                # Servers other than Amazon's refuse checksums they do not know of.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        )  # fmt: skip
        self.transfer = TransferConfig(use_threads=False)

    def _name(self, key: str) -> str:
        return f"{PREFIX}{checked(key)[:2]}/{key}"

    def put(self, key: str, source: Path) -> None:
        """Keep a copy of a file."""
        name = self._name(key)
        if is_digest(key):
            with source.open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
            if found != key:
                raise Spoilt(f"{key} was to be kept, the bytes are {found}")
        if self.size(key) != source.stat().st_size:
            self.client.upload_file(str(source), self.bucket, name, Config=self.transfer)

    def size(self, key: str) -> int | None:
        """Return how many bytes are kept under a key; None where it is not there."""
        try:
            return int(self.client.head_object(Bucket=self.bucket, Key=self._name(key))[
                "ContentLength"
            ])  # fmt: skip
        except self.client.exceptions.ClientError as error:
            if _is_gone(error):
                return None
            raise

    def read(self, key: str, first: int = 0, last: int | None = None) -> Iterator[bytes]:
        """Yield the bytes from one position to another, both inclusive."""
        end = "" if last is None else str(last)
        wanted: dict[str, Any] = {"Range": f"bytes={first}-{end}"} if first or end else {}
        try:
            found = self.client.get_object(Bucket=self.bucket, Key=self._name(key), **wanted)
        except self.client.exceptions.ClientError as error:
            if _is_gone(error):
                raise Missing(key) from None
            raise
        yield from found["Body"].iter_chunks(PIECE)

    @contextmanager
    def local(self, key: str) -> Iterator[Path]:
        """Fetch the bytes into a file that goes again."""
        with tempfile.NamedTemporaryFile() as file:
            for piece in self.read(key):
                file.write(piece)
            file.flush()
            yield Path(file.name)

    def all_keys(self) -> Iterator[tuple[str, datetime]]:
        """Yield every key, with when it was last put."""
        pages = self.client.get_paginator("list_objects_v2")
        for page in pages.paginate(Bucket=self.bucket, Prefix=PREFIX):
            for item in page.get("Contents", []):
                yield item["Key"].rpartition("/")[2], item["LastModified"]

    def remove(self, key: str) -> None:
        """Let go of a key."""
        self.client.delete_object(Bucket=self.bucket, Key=self._name(key))


def _is_gone(error: Any) -> bool:
    return error.response.get("Error", {}).get("Code") in _GONE
