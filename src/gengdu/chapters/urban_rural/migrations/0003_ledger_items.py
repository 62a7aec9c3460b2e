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
    "urban_rural_partnership": "partnerships",
    "urban_rural_exhibition": "exhibitions",
    "urban_rural_researchervisit": "researcher_visits",
    "urban_rural_townshippilot": "township_pilots",
    "urban_rural_schoolcluster": "school_clusters",
    "urban_rural_clustermember": "cluster_members",
    "urban_rural_clustergoal": "cluster_goals",
}


class Migration(migrations.Migration):
    dependencies = [
        ("urban_rural", "0002_registers_complete"),
        ("records", "0006_ledger_items"),
    ]
    operations = [
        migrations.RemoveConstraint("exhibitionentry", "cluster_once_per_exhibition"),
        migrations.AddField("partnership", "item", item_field(null=True)),
        migrations.AddField("exhibition", "item", item_field(null=True)),
        migrations.AddField("researchervisit", "item", item_field(null=True)),
        migrations.AddField("townshippilot", "item", item_field(null=True)),
        migrations.AddField("schoolcluster", "item", item_field(null=True)),
        migrations.AddField("clustermember", "item", item_field(null=True)),
        migrations.AddField("clustergoal", "item", item_field(null=True)),
        migrations.RunPython(give_items(LEDGERS), migrations.RunPython.noop),
        migrations.AddField(
            "clustermember",
            "cluster_item",
            models.ForeignKey(on_delete=PROTECT, related_name="+", to="records.item", null=True),
        ),
        migrations.RunPython(
            point_to_items(
                "urban_rural_clustermember",
                "cluster_id",
                "cluster_item_id",
                "urban_rural_schoolcluster",
            ),
            migrations.RunPython.noop,
        ),
        migrations.RemoveField("clustermember", "cluster"),
        migrations.RenameField("clustermember", "cluster_item", "cluster"),
        migrations.AlterField(
            "clustermember",
            "cluster",
            models.ForeignKey(
                on_delete=PROTECT,
                related_name="cluster_members",
                to="records.item",
                verbose_name="学区",
            ),
        ),
        migrations.AddField(
            "clustergoal",
            "cluster_item",
            models.ForeignKey(on_delete=PROTECT, related_name="+", to="records.item", null=True),
        ),
        migrations.RunPython(
            point_to_items(
                "urban_rural_clustergoal",
                "cluster_id",
                "cluster_item_id",
                "urban_rural_schoolcluster",
            ),
            migrations.RunPython.noop,
        ),
        migrations.RemoveField("clustergoal", "cluster"),
        migrations.RenameField("clustergoal", "cluster_item", "cluster"),
        migrations.AlterField(
            "clustergoal",
            "cluster",
            models.ForeignKey(
                on_delete=PROTECT,
                related_name="cluster_goals",
                to="records.item",
                verbose_name="学区",
            ),
        ),
        migrations.AddField(
            "exhibitionentry",
            "exhibition_item",
            models.ForeignKey(on_delete=PROTECT, related_name="+", to="records.item", null=True),
        ),
        migrations.RunPython(
            point_to_items(
                "urban_rural_exhibitionentry",
                "exhibition_id",
                "exhibition_item_id",
                "urban_rural_exhibition",
            ),
            migrations.RunPython.noop,
        ),
        migrations.RemoveField("exhibitionentry", "exhibition"),
        migrations.RenameField("exhibitionentry", "exhibition_item", "exhibition"),
        migrations.AlterField(
            "exhibitionentry",
            "exhibition",
            models.ForeignKey(
                on_delete=PROTECT,
                related_name="exhibition_entries",
                to="records.item",
                verbose_name="展评",
            ),
        ),
        migrations.AddField(
            "exhibitionentry",
            "cluster_item",
            models.ForeignKey(on_delete=PROTECT, related_name="+", to="records.item", null=True),
        ),
        migrations.RunPython(
            point_to_items(
                "urban_rural_exhibitionentry",
                "cluster_id",
                "cluster_item_id",
                "urban_rural_schoolcluster",
            ),
            migrations.RunPython.noop,
        ),
        migrations.RemoveField("exhibitionentry", "cluster"),
        migrations.RenameField("exhibitionentry", "cluster_item", "cluster"),
        migrations.AlterField(
            "exhibitionentry",
            "cluster",
            models.ForeignKey(
                on_delete=PROTECT, related_name="+", to="records.item", verbose_name="学区"
            ),
        ),
        migrations.AddField("partnership", "revoked_on", REVOKED_ON),
        migrations.AlterField("partnership", "item", item_field()),
        migrations.AlterField("partnership", "state", STATE),
        migrations.AddConstraint("partnership", one_live_row("urban_rural", "partnership")),
        migrations.AlterField("exhibition", "item", item_field()),
        migrations.AlterField("exhibition", "state", STATE),
        migrations.AddConstraint("exhibition", one_live_row("urban_rural", "exhibition")),
        migrations.AlterField("researchervisit", "item", item_field()),
        migrations.AlterField("researchervisit", "state", STATE),
        migrations.AddConstraint("researchervisit", one_live_row("urban_rural", "researchervisit")),
        migrations.AddField("townshippilot", "revoked_on", REVOKED_ON),
        migrations.AlterField("townshippilot", "item", item_field()),
        migrations.AlterField("townshippilot", "state", STATE),
        migrations.AddConstraint("townshippilot", one_live_row("urban_rural", "townshippilot")),
        migrations.AddField("schoolcluster", "revoked_on", REVOKED_ON),
        migrations.AlterField("schoolcluster", "item", item_field()),
        migrations.AlterField("schoolcluster", "state", STATE),
        migrations.AddConstraint("schoolcluster", one_live_row("urban_rural", "schoolcluster")),
        migrations.AddField("clustermember", "revoked_on", REVOKED_ON),
        migrations.AlterField("clustermember", "item", item_field()),
        migrations.AlterField("clustermember", "state", STATE),
        migrations.AddConstraint("clustermember", one_live_row("urban_rural", "clustermember")),
        migrations.AlterField("clustergoal", "item", item_field()),
        migrations.AlterField("clustergoal", "state", STATE),
        migrations.AddConstraint("clustergoal", one_live_row("urban_rural", "clustergoal")),
        migrations.AddConstraint(
            "exhibitionentry",
            models.UniqueConstraint(
                condition=models.Q(superseded_at=None),
                fields=("exhibition", "cluster"),
                name="cluster_once_per_exhibition",
            ),
        ),
    ]
