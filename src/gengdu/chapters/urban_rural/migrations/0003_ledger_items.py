"""Every entry gets an identity that corrections keep (decision 12)."""

from django.db import migrations, models
from django.db.models import PROTECT

from gengdu.records.migrating import give_items, point_to_items

LEDGERS = {
    "urban_rural_partnership": "partnerships",
    "urban_rural_exhibition": "exhibitions",
    "urban_rural_researchervisit": "researcher_visits",
    "urban_rural_townshippilot": "township_pilots",
    "urban_rural_schoolcluster": "school_clusters",
    "urban_rural_clustermember": "cluster_members",
    "urban_rural_clustergoal": "cluster_goals",
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
        name=f"urban_rural_{model}_one_live_row",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("urban_rural", "0002_registers_complete"),
        ("records", "0006_ledger_items"),
    ]
    operations = [
        migrations.RemoveConstraint("exhibitionentry", "cluster_once_per_exhibition"),
        migrations.AddField("partnership", "item", _item(null=True)),
        migrations.AddField("exhibition", "item", _item(null=True)),
        migrations.AddField("researchervisit", "item", _item(null=True)),
        migrations.AddField("townshippilot", "item", _item(null=True)),
        migrations.AddField("schoolcluster", "item", _item(null=True)),
        migrations.AddField("clustermember", "item", _item(null=True)),
        migrations.AddField("clustergoal", "item", _item(null=True)),
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
        migrations.AlterField("partnership", "item", _item()),
        migrations.AlterField("partnership", "state", STATE),
        migrations.AddConstraint("partnership", _one_live_row("partnership")),
        migrations.AlterField("exhibition", "item", _item()),
        migrations.AlterField("exhibition", "state", STATE),
        migrations.AddConstraint("exhibition", _one_live_row("exhibition")),
        migrations.AlterField("researchervisit", "item", _item()),
        migrations.AlterField("researchervisit", "state", STATE),
        migrations.AddConstraint("researchervisit", _one_live_row("researchervisit")),
        migrations.AddField("townshippilot", "revoked_on", REVOKED_ON),
        migrations.AlterField("townshippilot", "item", _item()),
        migrations.AlterField("townshippilot", "state", STATE),
        migrations.AddConstraint("townshippilot", _one_live_row("townshippilot")),
        migrations.AddField("schoolcluster", "revoked_on", REVOKED_ON),
        migrations.AlterField("schoolcluster", "item", _item()),
        migrations.AlterField("schoolcluster", "state", STATE),
        migrations.AddConstraint("schoolcluster", _one_live_row("schoolcluster")),
        migrations.AddField("clustermember", "revoked_on", REVOKED_ON),
        migrations.AlterField("clustermember", "item", _item()),
        migrations.AlterField("clustermember", "state", STATE),
        migrations.AddConstraint("clustermember", _one_live_row("clustermember")),
        migrations.AlterField("clustergoal", "item", _item()),
        migrations.AlterField("clustergoal", "state", STATE),
        migrations.AddConstraint("clustergoal", _one_live_row("clustergoal")),
        migrations.AddConstraint(
            "exhibitionentry",
            models.UniqueConstraint(
                condition=models.Q(superseded_at=None),
                fields=("exhibition", "cluster"),
                name="cluster_once_per_exhibition",
            ),
        ),
    ]
