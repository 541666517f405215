"""Each reader of the newsletter has the language in which he asked for it; an issue keeps all that was sent."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("portal", "0007_small_pictures")]

    operations = [
        migrations.AddField(
            model_name="issue",
            name="bodies",
            field=models.JSONField(default=dict, verbose_name="treść w innych językach"),
        ),
        migrations.AddField(
            model_name="subscriber",
            name="language",
            field=models.CharField(default="pl", max_length=2, verbose_name="język"),
        ),
        migrations.AddConstraint(
            model_name="subscriber",
            constraint=models.CheckConstraint(
                condition=models.Q(language__in=("pl", "en", "uk")),
                name="portal_subscriber_has_known_language",
            ),
        ),
    ]
