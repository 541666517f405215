"""Parties are found by their telephone: kept as ITU-T E.164, with an index.

Nothing wrote this column before. What an import of an installation's own may have put there is kept where it is
a number, and emptied where it is none.
"""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from starostwo.platform.telephone import e164


def keep_whole_numbers(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    party = apps.get_model("records", "Party")
    for row in party.objects.exclude(phone="").only("phone").iterator():
        party.objects.filter(pk=row.pk).update(phone=e164(row.phone) or "")


class Migration(migrations.Migration):
    dependencies = [("records", "0007_what_waits_to_be_sent")]
    operations = [
        migrations.RunPython(keep_whole_numbers, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="party",
            constraint=models.CheckConstraint(
                condition=models.Q(("phone", ""), ("phone__regex", "^\\+[1-9][0-9]{7,14}$"), _connector="OR"),
                name="party_phone_is_whole",
            ),
        ),
        migrations.AddIndex(
            model_name="party",
            index=models.Index(
                condition=models.Q(("phone", ""), _negated=True),
                fields=["phone", "id"],
                name="party_by_phone",
            ),
        ),
    ]
