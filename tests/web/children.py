"""The children of the small world on pages: numbers, files of them, and what a page says."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from gengdu.registers.pupils.models import PupilRecord

NUMBERS = {
    "P01": "371002201603010011", "P02": "371002201603010038", "P05": "371002201603010054",
}  # fmt: skip


def give_numbers() -> None:
    """Give some children identity numbers."""
    for code, number in NUMBERS.items():
        PupilRecord.objects.filter(pupil__pupil_code=code).update(
            identity_number=number, registry_number=f"G{number}", identity_kind="1"
        )


def pupil(code: str) -> int:
    """Return the id of a child by its code."""
    return PupilRecord.objects.values_list("pupil", flat=True).get(
        pupil__pupil_code=code, superseded_at=None
    )


def text(response: HttpResponse) -> str:
    """Return what a page says, once it is one."""
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def file(*lines: str, name: str = "学生.csv", encoding: str = "gb18030") -> SimpleUploadedFile:
    """Return a table as somebody uploads it."""
    return SimpleUploadedFile(name, "\r\n".join(lines).encode(encoding))
