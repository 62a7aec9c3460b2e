"""Every entry gets an identity that corrections keep (decision 12)."""

from django.db import migrations, models
from django.db.models import PROTECT

from gengdu.records.constraints import NoOverlap
from gengdu.records.migrating import give_items

LEDGERS = {
    "school_conditions_courseresource": "course_resources",
    "school_conditions_sharedlesson": "shared_lessons",
    "school_conditions_equipmentcheck": "equipment_checks",
    "school_conditions_sitingdossier": "siting_dossiers",
    "school_conditions_conditionresult": "condition_results",
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
        name=f"school_conditions_{model}_one_live_row",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("school_conditions", "0002_registers_complete"),
        ("records", "0006_ledger_items"),
    ]
    operations = [
        migrations.RemoveConstraint("conditionresult", "one_condition_result_at_once"),
        migrations.RenameField("conditionresult", "item", "criterion"),
        migrations.AddField("courseresource", "item", _item(null=True)),
        migrations.AddField("sharedlesson", "item", _item(null=True)),
        migrations.AddField("equipmentcheck", "item", _item(null=True)),
        migrations.AddField("sitingdossier", "item", _item(null=True)),
        migrations.AddField("conditionresult", "item", _item(null=True)),
        migrations.RunPython(give_items(LEDGERS), migrations.RunPython.noop),
        migrations.AddField("courseresource", "revoked_on", REVOKED_ON),
        migrations.AlterField("courseresource", "item", _item()),
        migrations.AlterField("courseresource", "state", STATE),
        migrations.AddConstraint("courseresource", _one_live_row("courseresource")),
        migrations.AlterField("sharedlesson", "item", _item()),
        migrations.AlterField("sharedlesson", "state", STATE),
        migrations.AddConstraint("sharedlesson", _one_live_row("sharedlesson")),
        migrations.AddField("equipmentcheck", "revoked_on", REVOKED_ON),
        migrations.AlterField("equipmentcheck", "item", _item()),
        migrations.AlterField("equipmentcheck", "state", STATE),
        migrations.AddConstraint("equipmentcheck", _one_live_row("equipmentcheck")),
        migrations.AlterField("sitingdossier", "item", _item()),
        migrations.AlterField("sitingdossier", "state", STATE),
        migrations.AddConstraint("sitingdossier", _one_live_row("sitingdossier")),
        migrations.AddField("conditionresult", "revoked_on", REVOKED_ON),
        migrations.AlterField("conditionresult", "item", _item()),
        migrations.AlterField("conditionresult", "state", STATE),
        migrations.AddConstraint("conditionresult", _one_live_row("conditionresult")),
        migrations.AddConstraint(
            "conditionresult",
            NoOverlap(fields=["school", "criterion"], name="one_condition_result_at_once"),
        ),
    ]
