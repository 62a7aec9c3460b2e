"""Every entry gets an identity that corrections keep (decision 12)."""

from django.db import migrations, models
from django.db.models import PROTECT

from gengdu.records.migrating import give_items

LEDGERS = {
    "inclusion_resourcecentre": "resource_centres",
    "inclusion_aidrecognition": "aid_recognitions",
    "inclusion_aidpayment": "aid_payments",
    "inclusion_dropoutcase": "dropout_cases",
}
STATE = models.CharField(
    choices=[
        ("draft", "草稿"),
        ("submitted", "待审"),
        ("at_school", "待学校审核"),
        ("at_town", "待镇审核"),
        ("at_bureau", "待分局审核"),
        ("at_notice", "公示中"),
        ("returned", "退回"),
        ("approved", "已批准"),
        ("revoked", "已撤销"),
    ],
    default="draft",
    max_length=10,
    verbose_name="状态",
)


REVOKED_ON = models.DateField(blank=True, null=True, verbose_name="撤销日期")


def _item(**more):
    return models.ForeignKey(
        on_delete=PROTECT,
        related_name="%(app_label)s_%(class)s",
        to="records.item",
        verbose_name="条目",
        **more,
    )


def _one_live_row(model):
    return models.UniqueConstraint(
        condition=models.Q(superseded_at=None),
        fields=("item",),
        name=f"inclusion_{model}_one_live_row",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("inclusion", "0002_registers_complete"),
        ("records", "0006_ledger_items"),
    ]
    operations = [
        migrations.RenameField("aidpayment", "item", "aid_kind"),
        migrations.AddField("resourcecentre", "item", _item(null=True)),
        migrations.AddField("aidrecognition", "item", _item(null=True)),
        migrations.AddField("aidpayment", "item", _item(null=True)),
        migrations.AddField("dropoutcase", "item", _item(null=True)),
        migrations.RunPython(give_items(LEDGERS), migrations.RunPython.noop),
        migrations.AddField("resourcecentre", "revoked_on", REVOKED_ON),
        migrations.AlterField("resourcecentre", "item", _item()),
        migrations.AlterField("resourcecentre", "state", STATE),
        migrations.AddConstraint("resourcecentre", _one_live_row("resourcecentre")),
        migrations.AddField("aidrecognition", "revoked_on", REVOKED_ON),
        migrations.AlterField("aidrecognition", "item", _item()),
        migrations.AlterField("aidrecognition", "state", STATE),
        migrations.AddConstraint("aidrecognition", _one_live_row("aidrecognition")),
        migrations.AlterField("aidpayment", "item", _item()),
        migrations.AlterField("aidpayment", "state", STATE),
        migrations.AddConstraint("aidpayment", _one_live_row("aidpayment")),
        migrations.AlterField("dropoutcase", "item", _item()),
        migrations.AlterField("dropoutcase", "state", STATE),
        migrations.AddConstraint("dropoutcase", _one_live_row("dropoutcase")),
    ]
