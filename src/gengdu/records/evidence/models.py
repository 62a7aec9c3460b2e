"""Files by what they hold, uploads on their way in, and which file proves which ledger entry."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gengdu.records.evidence import kinds
from gengdu.records.models import Item, Recorded

KINDS = [(kind.value, kinds.KIND_ZH[kind]) for kind in kinds.Kind]


class StoredFile(models.Model):
    """One file, known by the bytes that somebody sent; stored once, however often it is sent.

    Attributes:
        digest: SHA-256 of the bytes as they were sent.
        kept_digest: SHA-256 of the bytes that are kept, under which the store has them; another
            one than was sent where a picture was shrunk.
        size: Bytes kept.
        width, height: Of a picture as kept, in pixels.
        pages: Of a PDF.
    """

    digest = models.CharField(_("上传内容摘要"), max_length=64, unique=True)
    kept_digest = models.CharField(_("保存内容摘要"), max_length=64, db_index=True)
    size = models.PositiveBigIntegerField(_("大小（字节）"))
    media_type = models.CharField(_("格式"), max_length=100)
    kind = models.CharField(_("种类"), max_length=10, choices=KINDS)
    width = models.PositiveIntegerField(_("宽（像素）"), null=True)
    height = models.PositiveIntegerField(_("高（像素）"), null=True)
    pages = models.PositiveIntegerField(_("页数"), null=True)
    made_at = models.DateTimeField(_("存入时间"))

    class Meta:
        verbose_name = _("材料文件")

    @property
    def has_thumbnail(self) -> bool:
        """Whether a small picture of it is kept."""
        return self.kind in (kinds.Kind.PICTURE, kinds.Kind.PDF)

    @property
    def is_played(self) -> bool:
        """Whether browsers play it by themselves."""
        return self.media_type in kinds.PLAYED


class UploadState(models.TextChoices):
    """How far an upload has come."""

    OPEN = "open", _("正在上传")
    DONE = "done", _("已上传")
    REFUSED = "refused", _("没有接收")


class Upload(models.Model):
    """One file on its way in; its bytes lie beside the database until it is finished.

    How many bytes have come is the size of the file they lie in, and nothing else: no write of the
    database keeps a piece waiting, and no kill lets the two differ.

    Attributes:
        public_id: Names it in addresses; not to be guessed.
        ledger: Key of the ledger for which it was begun.
        digest: SHA-256 as its sender says; empty where the browser cannot tell.
        message: Why it was refused, or what else is to be said of it.
        taken_at, latitude, longitude: Offered as time and place of the evidence.
    """

    public_id = models.CharField(_("编号"), max_length=32, unique=True)
    account = models.ForeignKey(
        "access.Account", models.PROTECT, related_name="+", verbose_name=_("上传人")
    )
    ledger = models.CharField(_("台账"), max_length=40)
    file_name = models.CharField(_("文件名"), max_length=200)
    size = models.PositiveBigIntegerField(_("大小（字节）"))
    digest = models.CharField(_("文件摘要"), max_length=64, blank=True)
    state = models.CharField(
        _("状态"), max_length=10, choices=UploadState, default=UploadState.OPEN
    )
    file = models.ForeignKey(
        StoredFile, models.PROTECT, related_name="uploads", verbose_name=_("文件"), null=True
    )
    message = models.CharField(_("说明"), max_length=400, blank=True)
    taken_at = models.DateTimeField(_("拍摄时间"), null=True)
    latitude = models.FloatField(_("纬度"), null=True)
    longitude = models.FloatField(_("经度"), null=True)
    created_at = models.DateTimeField(_("开始时间"))

    class Meta:
        verbose_name = _("材料上传")
        indexes = [models.Index(fields=["account", "state"], name="uploads_of_account")]
        constraints = [
            models.CheckConstraint(
                name="upload_done_has_its_file",
                condition=~Q(state="done") | Q(file__isnull=False),
            )
        ]


class Evidence(Recorded):
    """One file that proves one ledger entry; ended when it is taken off, never deleted.

    Attributes:
        position: Its place among the files of the entry, which a new caption leaves as it is.
    """

    item = models.ForeignKey(
        Item, models.PROTECT, related_name="evidence", verbose_name=_("台账条目")
    )
    file = models.ForeignKey(
        StoredFile, models.PROTECT, related_name="evidence", verbose_name=_("文件")
    )
    position = models.PositiveIntegerField(_("次序"))
    name = models.CharField(_("文件名"), max_length=200)
    caption = models.CharField(_("说明"), max_length=200, blank=True)
    taken_at = models.DateTimeField(_("拍摄时间"), null=True)
    latitude = models.FloatField(_("纬度"), null=True)
    longitude = models.FloatField(_("经度"), null=True)

    class Meta:
        verbose_name = _("证明材料")
        constraints = [
            models.UniqueConstraint(
                fields=["item", "file"],
                condition=Q(superseded_at=None),
                name="evidence_once_per_item",
                violation_error_message=_("这份材料已经在这条记录里，不必再添加。"),
            )
        ]

    @property
    def shown_name(self) -> str:
        """What it is called: its caption, else the name of the file."""
        return self.caption or self.name

    @property
    def saved_name(self) -> str:
        """The name under which it is saved; a picture is kept as JPEG, whatever it was sent as."""
        if self.file.kind != kinds.Kind.PICTURE or self.name.lower().endswith((".jpg", ".jpeg")):
            return self.name
        return f"{self.name.rpartition('.')[0] or self.name}.jpg"
