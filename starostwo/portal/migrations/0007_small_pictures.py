"""A smaller drawing of each picture that is added from now on, for lists and phones."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("files", "0004_collecting"), ("portal", "0006_bodies_of_sites")]

    operations = [
        migrations.AddField(
            model_name="image",
            name="small",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="files.blob",
                verbose_name="mniejszy obraz",
            ),
        ),
    ]
