"""Every entry gets an identity that corrections keep (decision 12)."""

from django.db import migrations, models
from django.db.models import PROTECT

from gengdu.records.migrating import give_items

LEDGERS = {
    "school_character_distinctiveschool": "distinctive_schools",
    "school_character_qualityresult": "quality_results",
    "school_character_laboursite": "labour_sites",
    "school_character_outofschoolbrand": "out_of_school_brands",
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
        name=f"school_character_{model}_one_live_row",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("school_character", "0002_registers_complete"),
        ("records", "0006_ledger_items"),
    ]
    operations = [
        migrations.AddField("distinctiveschool", "item", _item(null=True)),
        migrations.AddField("qualityresult", "item", _item(null=True)),
        migrations.AddField("laboursite", "item", _item(null=True)),
        migrations.AddField("outofschoolbrand", "item", _item(null=True)),
        migrations.RunPython(give_items(LEDGERS), migrations.RunPython.noop),
        migrations.AddField("distinctiveschool", "revoked_on", REVOKED_ON),
        migrations.AlterField("distinctiveschool", "item", _item()),
        migrations.AlterField("distinctiveschool", "state", STATE),
        migrations.AddConstraint("distinctiveschool", _one_live_row("distinctiveschool")),
        migrations.AlterField("qualityresult", "item", _item()),
        migrations.AlterField("qualityresult", "state", STATE),
        migrations.AddConstraint("qualityresult", _one_live_row("qualityresult")),
        migrations.AddField("laboursite", "revoked_on", REVOKED_ON),
        migrations.AlterField("laboursite", "item", _item()),
        migrations.AlterField("laboursite", "state", STATE),
        migrations.AddConstraint("laboursite", _one_live_row("laboursite")),
        migrations.AddField("outofschoolbrand", "revoked_on", REVOKED_ON),
        migrations.AlterField("outofschoolbrand", "item", _item()),
        migrations.AlterField("outofschoolbrand", "state", STATE),
        migrations.AddConstraint("outofschoolbrand", _one_live_row("outofschoolbrand")),
    ]
