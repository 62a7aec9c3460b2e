"""A notice as it was read, every correction of it, and the plans written from it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Draft(models.Model):
    """One notice: its file, its text, and the reading as it stands after every correction.

    The bytes of the file lie in a folder under their digest. The text never changes, so that every
    place in the reading stays true.

    Attributes:
        digest: SHA-256 of the file; the same file is one draft, however often it is sent.
        text: As much of the file's text as is read, in characters.
        unread: How many characters at its end were too many.
        reading: What `notices.adopting.draft` gives, without the text, corrections made.
        version: How many corrections were made.
        removed_at: When it was taken off the list; it comes back with its file.
    """

    file_name = models.CharField(_("文件名"), max_length=200)
    digest = models.CharField(_("文件摘要"), max_length=64, unique=True)
    size = models.PositiveBigIntegerField(_("大小（字节）"))
    text = models.TextField(_("正文"))
    unread = models.PositiveIntegerField(_("没有读的字数"), default=0)
    reading = models.JSONField(_("读出的内容"))
    version = models.PositiveIntegerField(_("版本"), default=0)
    account = models.ForeignKey(
        "access.Account", models.PROTECT, related_name="+", verbose_name=_("上传人")
    )
    uploaded_at = models.DateTimeField(_("上传时间"))
    corrected_at = models.DateTimeField(_("最近改动"), null=True)
    removed_at = models.DateTimeField(_("移除时间"), null=True)

    class Meta:
        verbose_name = _("通知草稿")

    @property
    def title(self) -> str:
        """What it is called: the title that was read, else the name of the file."""
        return str(self.reading["title"] or self.file_name)

    @property
    def whole(self) -> dict[str, Any]:
        """The reading with its text, as `notices.adopting` takes it."""
        return {**self.reading, "text": self.text}


class CorrectionKind(models.TextChoices):
    """What somebody did to a reading."""

    EDIT = "edit", _("修改")
    ADD = "add", _("新增")
    DROP = "drop", _("删除")
    CHECK = "check", _("核对")
    UNDO = "undo", _("撤销")
    REDO = "redo", _("重做")


class Correction(models.Model):
    """One correction; never changed, so that what was there before can always be had again.

    Attributes:
        number: The version that it makes, from 1.
        changes: What was and what is, item by item: kind, item, before, after; None where the item
            was not there, or is no more.
        about: The correction that it undoes or does again.
    """

    draft = models.ForeignKey(
        Draft, models.PROTECT, related_name="corrections", verbose_name=_("草稿")
    )
    number = models.PositiveIntegerField(_("版本"))
    kind = models.CharField(_("动作"), max_length=5, choices=CorrectionKind)
    changes = models.JSONField(_("改动"))
    about = models.ForeignKey(
        "self", models.PROTECT, related_name="+", null=True, verbose_name=_("针对的改动")
    )
    account = models.ForeignKey(
        "access.Account", models.PROTECT, related_name="+", verbose_name=_("改动人")
    )
    made_at = models.DateTimeField(_("改动时间"))

    class Meta:
        verbose_name = _("草稿改动")
        constraints = [
            models.UniqueConstraint(fields=["draft", "number"], name="one_correction_a_version")
        ]

    @property
    def items(self) -> set[str]:
        """The items that it changes."""
        return {change["item"] for change in self.changes}


class Adoption(models.Model):
    """One plan that was written from a draft, and of which version."""

    draft = models.ForeignKey(
        Draft, models.PROTECT, related_name="adoptions", verbose_name=_("草稿")
    )
    plan = models.CharField(_("方案编号"), max_length=40, unique=True)
    version = models.PositiveIntegerField(_("版本"))
    account = models.ForeignKey(
        "access.Account", models.PROTECT, related_name="+", verbose_name=_("采用人")
    )
    made_at = models.DateTimeField(_("采用时间"))

    class Meta:
        verbose_name = _("由草稿写成的方案")
