"""Every entry gets an identity that corrections keep (decision 12)."""

from django.db import migrations, models
from django.db.models import PROTECT

from gengdu.records.migrating import give_items

LEDGERS = {
    "moral_education_campustitle": "campus_titles",
    "moral_education_familystation": "family_stations",
    "moral_education_schoolplan": "school_plans",
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
        name=f"moral_education_{model}_one_live_row",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("moral_education", "0002_registers_complete"),
        ("records", "0006_ledger_items"),
    ]
    operations = [
        migrations.AddField("campustitle", "item", _item(null=True)),
        migrations.AddField("familystation", "item", _item(null=True)),
        migrations.AddField("schoolplan", "item", _item(null=True)),
        migrations.RunPython(give_items(LEDGERS), migrations.RunPython.noop),
        migrations.AddField("campustitle", "revoked_on", REVOKED_ON),
        migrations.AlterField("campustitle", "item", _item()),
        migrations.AlterField("campustitle", "state", STATE),
        migrations.AddConstraint("campustitle", _one_live_row("campustitle")),
        migrations.AddField("familystation", "revoked_on", REVOKED_ON),
        migrations.AlterField("familystation", "item", _item()),
        migrations.AlterField("familystation", "state", STATE),
        migrations.AddConstraint("familystation", _one_live_row("familystation")),
        migrations.AddField("schoolplan", "revoked_on", REVOKED_ON),
        migrations.AlterField("schoolplan", "item", _item()),
        migrations.AlterField("schoolplan", "state", STATE),
        migrations.AddConstraint("schoolplan", _one_live_row("schoolplan")),
    ]
