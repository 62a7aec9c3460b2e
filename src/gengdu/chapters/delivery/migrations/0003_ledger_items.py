"""Every entry gets an identity that corrections keep (decision 12)."""

from django.db import migrations, models
from django.db.models import PROTECT

from gengdu.records.migrating import (
    REVOKED_ON,
    STATE,
    give_items,
    item_field,
    one_live_row,
    point_to_items,
)

LEDGERS = {
    "delivery_writtenjudgement": "written_judgements",
    "delivery_researchproject": "research_projects",
    "delivery_projectreview": "project_reviews",
    "delivery_plandocument": "plan_documents",
    "delivery_yearspending": "year_spendings",
    "delivery_districtrecognition": "district_recognitions",
    "delivery_satisfactionsurvey": "satisfaction_surveys",
}


class Migration(migrations.Migration):
    dependencies = [
        ("delivery", "0002_registers_complete"),
        ("records", "0006_ledger_items"),
    ]
    operations = [
        migrations.AddField("writtenjudgement", "item", item_field(null=True)),
        migrations.AddField("researchproject", "item", item_field(null=True)),
        migrations.AddField("projectreview", "item", item_field(null=True)),
        migrations.AddField("plandocument", "item", item_field(null=True)),
        migrations.AddField("yearspending", "item", item_field(null=True)),
        migrations.AddField("districtrecognition", "item", item_field(null=True)),
        migrations.AddField("satisfactionsurvey", "item", item_field(null=True)),
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
        migrations.AlterField("writtenjudgement", "item", item_field()),
        migrations.AlterField("writtenjudgement", "state", STATE),
        migrations.AddConstraint("writtenjudgement", one_live_row("delivery", "writtenjudgement")),
        migrations.AddField("researchproject", "revoked_on", REVOKED_ON),
        migrations.AlterField("researchproject", "item", item_field()),
        migrations.AlterField("researchproject", "state", STATE),
        migrations.AddConstraint("researchproject", one_live_row("delivery", "researchproject")),
        migrations.AlterField("projectreview", "item", item_field()),
        migrations.AlterField("projectreview", "state", STATE),
        migrations.AddConstraint("projectreview", one_live_row("delivery", "projectreview")),
        migrations.AddField("plandocument", "revoked_on", REVOKED_ON),
        migrations.AlterField("plandocument", "item", item_field()),
        migrations.AlterField("plandocument", "state", STATE),
        migrations.AddConstraint("plandocument", one_live_row("delivery", "plandocument")),
        migrations.AlterField("yearspending", "item", item_field()),
        migrations.AlterField("yearspending", "state", STATE),
        migrations.AddConstraint("yearspending", one_live_row("delivery", "yearspending")),
        migrations.AddField("districtrecognition", "revoked_on", REVOKED_ON),
        migrations.AlterField("districtrecognition", "item", item_field()),
        migrations.AlterField("districtrecognition", "state", STATE),
        migrations.AddConstraint(
            "districtrecognition", one_live_row("delivery", "districtrecognition")
        ),
        migrations.AlterField("satisfactionsurvey", "item", item_field()),
        migrations.AlterField("satisfactionsurvey", "state", STATE),
        migrations.AddConstraint(
            "satisfactionsurvey", one_live_row("delivery", "satisfactionsurvey")
        ),
    ]
