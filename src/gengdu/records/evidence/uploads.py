"""Takes files in piece by piece: begun, continued after a dropped line or a restart, finished once.

The pieces lie in a folder of the upload. Bytes are stored before the database hears of them, so a
row never lacks its bytes; whatever is stopped on the way can be finished again.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import secrets
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from gengdu.access.models import Account
from gengdu.access.scope import Viewer
from gengdu.documents.limits import MEGABYTE, Refused
from gengdu.records.evidence import filing, kinds, names, rights, workshop
from gengdu.records.evidence.examining.content import check_size, extension_of
from gengdu.records.evidence.limits import Limits
from gengdu.records.evidence.models import StoredFile, Upload, UploadState

LARGEST_PIECE = 4 * MEGABYTE
FREE_BYTES = 512 * MEGABYTE
"""What an upload leaves free on the disk of the server, for the records themselves."""


class TooMany(RuntimeError):
    """Somebody has too many uploads under way; the message says what to do."""


class NoRoom(RuntimeError):
    """The disk of the server is full; the message says who can help."""


class Gap(ValueError):
    """A piece does not follow on what is there.

    Attributes:
        wanted: The position from which to send on.
    """

    def __init__(self, wanted: int) -> None:
        super().__init__(_("中间少了一段，请从第 %(at)s 字节续传。") % {"at": wanted})
        self.wanted = wanted


class NotWhole(RuntimeError):
    """An upload cannot be finished before all its bytes are there."""


@dataclass(frozen=True)
class Announced:
    """What a sender says of a file before sending it.

    Attributes:
        ledger: Key of the ledger whose entry it is to prove.
        size: In bytes.
        digest: SHA-256 in hexadecimal digits; empty where the browser cannot tell.
        taken: What the browser read off a picture before it shrunk it: `at`, `latitude`,
            `longitude`, none of them trusted.
    """

    ledger: str
    name: str
    size: int
    digest: str = ""
    taken: Mapping[str, Any] | None = None


def folder(upload: Upload) -> Path:
    """Return where an upload keeps its bytes until it is finished."""
    return Path(settings.UPLOADS) / upload.public_id


def received(upload: Upload) -> int:
    """Return how many bytes of an upload are there."""
    if upload.state == UploadState.DONE:
        return upload.size
    try:
        return (folder(upload) / "part").stat().st_size
    except FileNotFoundError:
        return 0


def begin(
    announced: Announced, *, account: Account, viewer: Viewer, on: date, at: datetime
) -> Upload:
    """Open an upload; one whose file the sender may see already is done at once.

    Raises:
        Refused: If nothing of that name or size is taken.
        TooMany: If too many are under way.
        NoRoom: If the disk is nearly full.
    """
    limits = Limits.on(on)
    name = names.clean(announced.name)
    _check_announced(name, announced.size, limits)
    _check_open(account, limits)
    upload = Upload(
        public_id=secrets.token_urlsafe(16), account=account, ledger=announced.ledger,
        file_name=name, size=announced.size, digest=announced.digest.lower(), created_at=at,
        **taken_of(announced.taken or {}),
    )  # fmt: skip
    known = StoredFile.objects.filter(digest=upload.digest).first() if upload.digest else None
    if known is not None and _is_seen(known, account, viewer, on):
        upload.state, upload.file = UploadState.DONE, known
        upload.save()
        return upload
    _check_room(announced.size)
    folder(upload).mkdir(parents=True)
    upload.save()
    return upload


def _check_announced(name: str, size: int, limits: Limits) -> None:
    found = kinds.BY_EXTENSION.get(extension_of(name))
    if found is None:
        raise Refused(_no_such_kind(extension_of(name)))
    if size <= 0:
        raise Refused("文件是空的（0 字节），没有接收；请核对原文件能否打开，再重新选择。")
    check_size(found, size, limits.by_kind)


def _no_such_kind(extension: str) -> str:
    if extension in ("heic", "heif"):
        return (
            "这是苹果手机的 HEIC 照片，多数电脑打不开；请在手机相机设置里选“兼容性最佳”后重拍，"
            "或另存为 JPEG 再上传。"
        )
    if extension in ("docm", "xlsm", "pptm", "dotm", "xltm"):
        return "带宏的 Office 文件不能作为材料；请另存为 .docx、.xlsx 或 .pptx 后上传。"
    if extension in ("zip", "rar", "7z", "gz", "tar"):
        return "压缩包里的文件无法预览和核对；请解压后逐个上传其中的文件。"
    ending = f"以“.{extension[:12]}”结尾的文件" if extension else "没有后缀的文件"
    return (
        f"{ending}不能作为材料；可以用 JPEG、PNG 图片，PDF，Word、Excel、演示文稿，"
        "MP4 视频或纯文本。"
    )


def _check_open(account: Account, limits: Limits) -> None:
    under_way = Upload.objects.filter(account=account, state=UploadState.OPEN).count()
    if under_way >= limits.open_uploads:
        raise TooMany(
            _("您还有 %(count)s 个文件没有传完，最多同时 %(most)s 个（系统设置）。"
              "请先传完或移除其中几个，再添加新的。")
            % {"count": under_way, "most": limits.open_uploads}
        )  # fmt: skip


def _check_room(size: int) -> None:
    uploads = Path(settings.UPLOADS)
    uploads.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(uploads).free < 2 * size + FREE_BYTES:  # the copy that is kept as well
        raise NoRoom(_NO_ROOM)


_NO_ROOM = "服务器磁盘空间不足，没有接收。请联系系统管理员腾出空间后再传，已传的部分不会丢。"


def _is_seen(file: StoredFile, account: Account, viewer: Viewer, on: date) -> bool:
    """Tell whether somebody may know that a file is there: it is theirs, or proves what they see.

    Anybody else sends it whole, and is told nothing.
    """
    if Upload.objects.filter(account=account, file=file).exists():
        return True
    return rights.sees_file(file, viewer, on)


def taken_of(told: Mapping[str, Any]) -> dict[str, Any]:
    """Return place and time as they are kept, of what a camera or a browser says of them."""
    found: dict[str, Any] = {"taken_at": None, "latitude": None, "longitude": None}
    try:
        at = datetime.fromisoformat(str(told.get("at") or ""))
        found["taken_at"] = at if timezone.is_aware(at) else timezone.make_aware(at)
    except (ValueError, OverflowError):
        pass
    latitude, longitude = told.get("latitude"), told.get("longitude")
    if _is_within(latitude, 90) and _is_within(longitude, 180):
        found["latitude"], found["longitude"] = latitude, longitude
    return found


def _is_within(value: Any, most: int) -> bool:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and -most <= value <= most


def find(public_id: str, account: Account) -> Upload | None:
    """Return an upload of somebody's own; of anybody else's there is none."""
    return Upload.objects.filter(public_id=public_id, account=account).first()


def receive(upload: Upload, offset: int, pieces: Iterable[bytes]) -> int:
    """Add a piece, and return how many bytes are there; one that came before changes nothing.

    Args:
        upload: Which upload.
        offset: Where the piece begins in the file.
        pieces: Its bytes; what has come when the line drops is kept.

    Raises:
        Gap: If bytes before it are missing.
        Refused: If more comes than was announced.
    """
    with _held(upload):
        upload.refresh_from_db()
        if upload.state != UploadState.OPEN:
            return received(upload)
        at = received(upload)
        if offset > at:
            raise Gap(at)
        try:
            return _append(upload, at, at - offset, pieces)
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise NoRoom(_NO_ROOM) from None
            raise


def _append(upload: Upload, at: int, known: int, pieces: Iterable[bytes]) -> int:
    """Write what follows on the first `at` bytes; the first `known` of the pieces are there."""
    with (folder(upload) / "part").open("ab") as part:
        for piece in pieces:
            fresh = piece[known:]
            known = max(0, known - len(piece))
            if at + len(fresh) > upload.size:
                raise Refused("传来的内容比文件本身还多，没有接收；请移除后重新选择这个文件。")
            part.write(fresh)
            at += len(fresh)
        part.flush()
    return at


def finish(upload: Upload, *, on: date, at: datetime) -> StoredFile:
    """Look at what came, store it, and say that it is there; done twice, it is the same.

    Raises:
        NotWhole: If bytes are missing.
        Refused: If it is nothing that is taken; what came is let go.
        workshop.Busy: If nobody has time for it now; nothing is lost.
    """
    with _held(upload):
        upload.refresh_from_db()
        if upload.state == UploadState.DONE:
            assert upload.file is not None
            return upload.file
        if upload.state == UploadState.REFUSED:
            raise Refused(upload.message)
        if received(upload) != upload.size:
            raise NotWhole(_("文件还没有传完，请继续。"))
        try:
            return _stored(upload, on, at)
        except Refused as error:
            _refuse(upload, str(error))
            raise


def _stored(upload: Upload, on: date, at: datetime) -> StoredFile:
    part = folder(upload) / "part"
    with part.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if upload.digest and upload.digest != digest:
        raise Refused("传来的内容与您选的文件不一致，可能线路出错；请移除后重新选择这个文件。")
    made_in = folder(upload) / "made"
    shutil.rmtree(made_in, ignore_errors=True)
    made_in.mkdir()
    made = workshop.examine(part, upload.file_name, made_in, Limits.on(on))
    file_row = filing.file(part, digest, made, made_in, at=at, also=lambda stored: _done(
        upload, stored, made
    ))  # fmt: skip
    shutil.rmtree(folder(upload), ignore_errors=True)
    return file_row


def _done(upload: Upload, stored: StoredFile, made: Mapping[str, Any]) -> None:
    """Say in the transaction of the file that an upload has come to its end."""
    read = taken_of(made.get("taken") or {})
    for name in ("taken_at", "latitude", "longitude"):
        if read[name] is not None:
            setattr(upload, name, read[name])
    if made.get("was_moving"):
        upload.message = _("动图只保留了第一帧。")
    upload.state, upload.file = UploadState.DONE, stored
    upload.save()


def _refuse(upload: Upload, message: str) -> None:
    upload.state, upload.message = UploadState.REFUSED, message[:400]
    upload.save(update_fields=["state", "message"])
    shutil.rmtree(folder(upload), ignore_errors=True)


def drop(upload: Upload) -> None:
    """Let go of an upload that nobody wants any more; a file it brought stays until it is swept."""
    with _held(upload):
        Upload.objects.filter(pk=upload.pk).delete()
        shutil.rmtree(folder(upload), ignore_errors=True)


@contextmanager
def _held(upload: Upload) -> Iterator[None]:
    """Let one at a time work on an upload, whichever process or thread; a kill lets go of it."""
    locks = Path(settings.UPLOADS)
    locks.mkdir(parents=True, exist_ok=True)
    # One file for a few uploads: none has to be removed while somebody else waits for it.
    with (locks / f".lock-{upload.pk % 64}").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def sweep(*, on: date, at: datetime) -> int:
    """Let go of uploads and files that nobody finished or used for some days; return how many."""
    before = at - timedelta(days=Limits.on(on).upload_days)
    stale = list(Upload.objects.filter(created_at__lt=before))
    for upload in stale:
        drop(upload)
    _remove_folders_without_upload(before)
    return len(stale) + filing.sweep(before)


def _remove_folders_without_upload(before: datetime) -> None:
    """Remove what an upload left whose row was let go, and whose folder was not."""
    known = set(Upload.objects.values_list("public_id", flat=True))
    for path in Path(settings.UPLOADS).glob("*"):
        if path.is_dir() and path.name not in known and path.stat().st_mtime < before.timestamp():
            shutil.rmtree(path, ignore_errors=True)
