"""Every entry gets an identity that corrections keep (decision 12)."""

from django.db import migrations, models
from django.db.models import PROTECT

from gengdu.records.migrating import give_items, point_to_items

LEDGERS = {
    "delivery_writtenjudgement": "written_judgements",
    "delivery_researchproject": "research_projects",
    "delivery_projectreview": "project_reviews",
    "delivery_plandocument": "plan_documents",
    "delivery_yearspending": "year_spendings",
    "delivery_districtrecognition": "district_recognitions",
    "delivery_satisfactionsurvey": "satisfaction_surveys",
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
        name=f"delivery_{model}_one_live_row",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("delivery", "0002_registers_complete"),
        ("records", "0006_ledger_items"),
    ]
    operations = [
        migrations.AddField("writtenjudgement", "item", _item(null=True)),
        migrations.AddField("researchproject", "item", _item(null=True)),
        migrations.AddField("projectreview", "item", _item(null=True)),
        migrations.AddField("plandocument", "item", _item(null=True)),
        migrations.AddField("yearspending", "item", _item(null=True)),
        migrations.AddField("districtrecognition", "item", _item(null=True)),
        migrations.AddField("satisfactionsurvey", "item", _item(null=True)),
        migrations.RunPython(give_items(LEDGERS), migrations.RunPython.noop),
        migrations.AddField(
            "projectreview",
            "project_item",
            models.ForeignKey(on_delete=PROTECT, related_name="+", to="records.item", null=True),
        ),
        migrations.RunPython(
            point_to_items(
                "delivery_projectreview",
                "project_id",
                "project_item_id",
                "delivery_researchproject",
            ),
            migrations.RunPython.noop,
        ),
        migrations.RemoveField("projectreview", "project"),
        migrations.RenameField("projectreview", "project_item", "project"),
        migrations.AlterField(
            "projectreview",
            "project",
            models.ForeignKey(
                on_delete=PROTECT,
                related_name="project_reviews",
                to="records.item",
                verbose_name="课题",
            ),
        ),
        migrations.AlterField("writtenjudgement", "item", _item()),
        migrations.AlterField("writtenjudgement", "state", STATE),
        migrations.AddConstraint("writtenjudgement", _one_live_row("writtenjudgement")),
        migrations.AddField("researchproject", "revoked_on", REVOKED_ON),
        migrations.AlterField("researchproject", "item", _item()),
        migrations.AlterField("researchproject", "state", STATE),
        migrations.AddConstraint("researchproject", _one_live_row("researchproject")),
        migrations.AlterField("projectreview", "item", _item()),
        migrations.AlterField("projectreview", "state", STATE),
        migrations.AddConstraint("projectreview", _one_live_row("projectreview")),
        migrations.AddField("plandocument", "revoked_on", REVOKED_ON),
        migrations.AlterField("plandocument", "item", _item()),
        migrations.AlterField("plandocument", "state", STATE),
        migrations.AddConstraint("plandocument", _one_live_row("plandocument")),
        migrations.AlterField("yearspending", "item", _item()),
        migrations.AlterField("yearspending", "state", STATE),
        migrations.AddConstraint("yearspending", _one_live_row("yearspending")),
        migrations.AddField("districtrecognition", "revoked_on", REVOKED_ON),
        migrations.AlterField("districtrecognition", "item", _item()),
        migrations.AlterField("districtrecognition", "state", STATE),
        migrations.AddConstraint("districtrecognition", _one_live_row("districtrecognition")),
        migrations.AlterField("satisfactionsurvey", "item", _item()),
        migrations.AlterField("satisfactionsurvey", "state", STATE),
        migrations.AddConstraint("satisfactionsurvey", _one_live_row("satisfactionsurvey")),
    ]
