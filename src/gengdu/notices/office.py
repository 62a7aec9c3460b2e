"""Turns old Word files into .docx with LibreOffice, where the machine has it."""

from __future__ import annotations

import shutil
import subprocess  # nosec B404
import tempfile
from pathlib import Path

from gengdu.notices.unreadable import Unreadable

SECONDS = 120
_FORM = "docx:MS Word 2007 XML"
_NAMES = ("soffice", "libreoffice")
_ABSENT = (
    "这是 {} 文件，本机没有安装 LibreOffice，不能直接读取；"
    "请用 Word 或 WPS 打开，另存为 .docx 后重新上传。"
)
_FAILED = (
    "LibreOffice 没能打开这个 {} 文件，可能是文件已损坏，或没有安装其中的 Writer；"
    "请用 Word 或 WPS 打开，另存为 .docx 后重新上传。"
)


def as_docx(held: bytes, suffix: str) -> bytes:
    """Return a file as .docx.

    Args:
        held: What the file holds.
        suffix: Its kind, such as ".doc".

    Raises:
        Unreadable: If there is no LibreOffice, or it cannot open the file in two minutes.
    """
    program = next((found for name in _NAMES if (found := shutil.which(name))), None)
    if program is None:
        raise Unreadable(_ABSENT.format(suffix))
    with tempfile.TemporaryDirectory(prefix="gengdu-notice-") as folder:
        made = _convert(program, Path(folder), held, suffix)
        if made is None:
            raise Unreadable(_FAILED.format(suffix))
        return made


def _convert(program: str, folder: Path, held: bytes, suffix: str) -> bytes | None:
    source = folder / f"notice{suffix}"
    source.write_bytes(held)
    # A profile of its own: a LibreOffice that somebody has open would take over the work.
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--norestore", "--convert-to", _FORM]
    command += ["--outdir", str(folder / "made"), str(source)]
    none = subprocess.DEVNULL
    try:
        subprocess.run(  # nosec B603
            command, stdin=none, stdout=none, stderr=none, timeout=SECONDS, check=False
        )
        return (folder / "made" / "notice.docx").read_bytes()
    except (subprocess.TimeoutExpired, OSError):
        return None
