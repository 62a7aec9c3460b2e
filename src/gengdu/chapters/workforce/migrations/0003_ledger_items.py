"""Every entry gets an identity that corrections keep (decision 12)."""

from django.db import migrations, models
from django.db.models import PROTECT

from gengdu.records.migrating import give_items

LEDGERS = {
    "workforce_preservicetraining": "preservice_trainings",
    "workforce_subjectquota": "subject_quotas",
    "workforce_degreestudy": "degree_studies",
    "workforce_programmeselection": "programme_selections",
    "workforce_medicalcheck": "medical_checks",
    "workforce_titleruleweight": "title_rule_weights",
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
        name=f"workforce_{model}_one_live_row",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("workforce", "0002_registers_complete"),
        ("records", "0006_ledger_items"),
    ]
    operations = [
        migrations.AddField("preservicetraining", "item", _item(null=True)),
        migrations.AddField("subjectquota", "item", _item(null=True)),
        migrations.AddField("degreestudy", "item", _item(null=True)),
        migrations.AddField("programmeselection", "item", _item(null=True)),
        migrations.AddField("medicalcheck", "item", _item(null=True)),
        migrations.AddField("titleruleweight", "item", _item(null=True)),
        migrations.RunPython(give_items(LEDGERS), migrations.RunPython.noop),
        migrations.AlterField("preservicetraining", "item", _item()),
        migrations.AlterField("preservicetraining", "state", STATE),
        migrations.AddConstraint("preservicetraining", _one_live_row("preservicetraining")),
        migrations.AddField("subjectquota", "revoked_on", REVOKED_ON),
        migrations.AlterField("subjectquota", "item", _item()),
        migrations.AlterField("subjectquota", "state", STATE),
        migrations.AddConstraint("subjectquota", _one_live_row("subjectquota")),
        migrations.AddField("degreestudy", "revoked_on", REVOKED_ON),
        migrations.AlterField("degreestudy", "item", _item()),
        migrations.AlterField("degreestudy", "state", STATE),
        migrations.AddConstraint("degreestudy", _one_live_row("degreestudy")),
        migrations.AlterField("programmeselection", "item", _item()),
        migrations.AlterField("programmeselection", "state", STATE),
        migrations.AddConstraint("programmeselection", _one_live_row("programmeselection")),
        migrations.AlterField("medicalcheck", "item", _item()),
        migrations.AlterField("medicalcheck", "state", STATE),
        migrations.AddConstraint("medicalcheck", _one_live_row("medicalcheck")),
        migrations.AddField("titleruleweight", "revoked_on", REVOKED_ON),
        migrations.AlterField("titleruleweight", "item", _item()),
        migrations.AlterField("titleruleweight", "state", STATE),
        migrations.AddConstraint("titleruleweight", _one_live_row("titleruleweight")),
    ]
