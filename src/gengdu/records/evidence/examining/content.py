"""Tells what a file is by what it holds, and refuses what is no evidence in one sentence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import puremagic

from gengdu.documents import compound
from gengdu.documents.limits import MEGABYTE, Refused
from gengdu.records.evidence import kinds
from gengdu.records.evidence.examining import clips, offices, texts
from gengdu.records.evidence.kinds import Format, Kind

HEAD_BYTES = 4096
EMPTY = "文件是空的（0 字节），没有接收；请核对原文件能否打开，再重新选择。"
TAKEN = "可以用 JPEG、PNG 图片，PDF，Word、Excel、演示文稿，MP4 视频或纯文本。"

TOO_MUCH = "文件打开后太大，无法核对，没有接收；请缩小或分成几个文件，另存后重新上传。"

_PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa", b"\xce\xfa\xed\xfe",
             b"\xcf\xfa\xed\xfe", b"dex\n", b"L\x00\x00\x00\x01\x14\x02\x00", b"#!")  # fmt: skip
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"MSCF", b"PK\x05\x06")
_MARKED: tuple[tuple[bytes, Format], ...] = (
    (b"\xff\xd8\xff", kinds.JPEG),
    (b"\x89PNG\r\n\x1a\n", kinds.PNG),
    (b"GIF87a", kinds.GIF),
    (b"GIF89a", kinds.GIF),
    (b"%PDF-", kinds.PDF),
)
_OTHER_EXTENSIONS = {
    "压缩包": {"zip", "rar", "7z", "gz", "tgz", "bz2", "xz", "tar", "cab", "iso"},
    "音频": {"mp3", "wav", "m4a", "aac", "flac", "ogg", "amr", "wma"},
    "图片": {"bmp", "tif", "tiff", "psd", "ico", "jp2", "emf", "wmf"},
    "视频": {"avi", "wmv", "mkv", "flv", "mpg", "mpeg", "3gp", "rmvb", "asf"},
}


def tell(path: Path, name: str) -> Format:
    """Return the format of a file.

    Args:
        path: The file.
        name: What its sender calls it; its end must agree with what the file holds.

    Raises:
        Refused: If it is nothing that is taken, or not what its name says.
    """
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if not head:
        raise Refused(EMPTY)
    _refuse_programs(head)
    found = _marked(head) or _looked_into(path, head) or texts.tell(path, head)
    if found is None:
        raise Refused(_unknown(head, name))
    _check_name(found, name)
    return found


def check_size(form: Format, size: int, megabytes: dict[str, int]) -> None:
    """Refuse a file that is larger than its kind may be.

    Args:
        form: What it is.
        size: In bytes.
        megabytes: The largest size by kind.

    Raises:
        Refused: Saying both sizes.
    """
    most = megabytes[form.kind]
    if size > most * MEGABYTE:
        mend = {
            Kind.PICTURE: "请缩小后另存为 JPEG",
            Kind.VIDEO: "请剪短或压缩",
        }.get(form.kind, "请压缩其中的图片，或分成几个文件")
        raise Refused(
            f"{kinds.KIND_ZH[form.kind]}有 {size / MEGABYTE:.1f} MB，"
            f"最多 {most} MB（系统设置）；{mend}后重新上传。"
        )


def extension_of(name: str) -> str:
    """Return how a name ends, in lower case; empty where it does not say.

    >>> extension_of("会议.照片.JPG"), extension_of("README"), extension_of(".bashrc")
    ('jpg', '', 'bashrc')
    """
    return name.rpartition(".")[2].strip().lower() if "." in name else ""


def _refuse_programs(head: bytes) -> None:
    if head.startswith(_PROGRAMS):
        raise Refused(
            "这是程序或脚本，不是证明材料，没有接收；请核对是不是选错了文件，来路不明的请不要打开。"
        )
    if head.startswith(_ARCHIVES):
        raise Refused("这是压缩包，里面的文件无法预览和核对；请解压后逐个上传其中的文件。")
    if head.startswith(b"{\\rtf"):
        raise Refused(
            "这是 RTF 格式的文档，容易夹带程序，没有接收；"
            "请用 Word 或 WPS 打开，另存为 .docx 后重新上传。"
        )


def _marked(head: bytes) -> Format | None:
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return kinds.WEBP
    return next((found for mark, found in _MARKED if head.startswith(mark)), None)


def _looked_into(path: Path, head: bytes) -> Format | None:
    """Return what a container holds; None where it is no container that we know."""
    looks: tuple[tuple[bool, Callable[[Path], Format]], ...] = (
        (head.startswith(b"PK\x03\x04"), offices.tell_package),
        (head.startswith(compound.SIGNATURE), offices.tell_compound),
        (head[:1] == b"\0" and head[4:8] in clips.FIRST_BOXES, clips.tell_boxes),
        (head.startswith(clips.MATROSKA), clips.tell_matroska),
    )
    return next((look(path) for fits, look in looks if fits), None)


def _unknown(head: bytes, name: str) -> str:
    """Say what an unknown file seems to be, by its first bytes, else by its name."""
    try:
        guesses = [guess.extension.lstrip(".") for guess in puremagic.magic_string(head)]
    except (puremagic.PureError, ValueError):
        guesses = []
    for extension in [*guesses, extension_of(name)]:
        for said, extensions in _OTHER_EXTENSIONS.items():
            if extension in extensions:
                return f"这是 {extension.upper()} 格式的{said}，不能作为材料；{_mended(said)}"
    return f"认不出这个文件是什么，可能已损坏或没有传完；{TAKEN}"


def _mended(said: str) -> str:
    return {
        "压缩包": "请解压后逐个上传其中的文件。",
        "图片": "请另存为 JPEG 或 PNG 后重新上传。",
        "视频": "请转成 MP4 后重新上传。",
    }.get(said, TAKEN)


def _check_name(found: Format, name: str) -> None:
    extension = extension_of(name)
    if extension in found.extensions:
        return
    usual = found.extensions[0]
    if not extension:
        raise Refused(f"文件名没有后缀，内容是{found.said}；请在名字后加上“.{usual}”再上传。")
    raise Refused(
        f"文件内容是{found.said}，名字却以“.{extension[:12]}”结尾，两者不符；"
        f"请核对是不是选错了文件，或把名字改为以“.{usual}”结尾。"
    )
