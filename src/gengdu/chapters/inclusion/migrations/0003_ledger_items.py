"""Every entry gets an identity that corrections keep (decision 12)."""

from django.db import migrations

from gengdu.records.migrating import (
    REVOKED_ON,
    STATE,
    give_items,
    item_field,
    one_live_row,
)

LEDGERS = {
    "inclusion_resourcecentre": "resource_centres",
    "inclusion_aidrecognition": "aid_recognitions",
    "inclusion_aidpayment": "aid_payments",
    "inclusion_dropoutcase": "dropout_cases",
}


class Migration(migrations.Migration):
    dependencies = [
        ("inclusion", "0002_registers_complete"),
        ("records", "0006_ledger_items"),
    ]
    operations = [
        migrations.RenameField("aidpayment", "item", "aid_kind"),
        migrations.AddField("resourcecentre", "item", item_field(null=True)),
        migrations.AddField("aidrecognition", "item", item_field(null=True)),
        migrations.AddField("aidpayment", "item", item_field(null=True)),
        migrations.AddField("dropoutcase", "item", item_field(null=True)),
        migrations.RunPython(give_items(LEDGERS), migrations.RunPython.noop),
        migrations.AddField("resourcecentre", "revoked_on", REVOKED_ON),
        migrations.AlterField("resourcecentre", "item", item_field()),
        migrations.AlterField("resourcecentre", "state", STATE),
        migrations.AddConstraint("resourcecentre", one_live_row("inclusion", "resourcecentre")),
        migrations.AddField("aidrecognition", "revoked_on", REVOKED_ON),
        migrations.AlterField("aidrecognition", "item", item_field()),
        migrations.AlterField("aidrecognition", "state", STATE),
        migrations.AddConstraint("aidrecognition", one_live_row("inclusion", "aidrecognition")),
        migrations.AlterField("aidpayment", "item", item_field()),
        migrations.AlterField("aidpayment", "state", STATE),
        migrations.AddConstraint("aidpayment", one_live_row("inclusion", "aidpayment")),
        migrations.AlterField("dropoutcase", "item", item_field()),
        migrations.AlterField("dropoutcase", "state", STATE),
        migrations.AddConstraint("dropoutcase", one_live_row("inclusion", "dropoutcase")),
    ]
