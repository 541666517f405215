"""Each site gets its publishing body: its editors and declarations move there, where its bulletin is kept."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

SAME = ("name", "address", "phone", "email", "domain", "is_open")
DECLARED = tuple(
    """
    site_published_on site_changed_on status exceptions assessed_by made_on reviewed_on contact email phone
    building apps saved_at
    """.split()
)
AT_ONCE = "SET CONSTRAINTS ALL IMMEDIATE"


def move_to_bodies(apps, schema_editor):
    """Make the bodies; a place in the county's bulletin becomes a whole address."""
    bulletin, portal = (lambda name, app=app: apps.get_model(app, name) for app in ("bulletin", "portal"))
    for site in portal("UnitSite").objects.all():
        told = {name: getattr(site, name) for name in SAME}
        site.body = bulletin("Body").objects.create(slug=site.slug, **told)
        if site.bip_url.startswith("/"):
            site.bip_url = f"{settings.PUBLIC_URL}{site.bip_url}"
        site.save()
        for editor in portal("SiteEditor").objects.filter(site=site):
            bulletin("BodyEditor").objects.create(body=site.body, account_id=editor.account_id)
        for row in portal("SiteDeclaration").objects.filter(site=site).order_by("saved_at", "id"):
            told = {name: getattr(row, name) for name in DECLARED}
            bulletin("Declaration").objects.create(body=site.body, **told)
    schema_editor.execute(AT_ONCE)


def move_back(apps, schema_editor):
    """Give editors and declarations back to the sites; bodies without a bulletin go."""
    bulletin, portal = (lambda name, app=app: apps.get_model(app, name) for app in ("bulletin", "portal"))
    for site in portal("UnitSite").objects.exclude(body=None):
        for editor in bulletin("BodyEditor").objects.filter(body=site.body):
            portal("SiteEditor").objects.create(site=site, account_id=editor.account_id)
        for row in bulletin("Declaration").objects.filter(body=site.body).order_by("saved_at", "id"):
            told = {name: getattr(row, name) for name in DECLARED}
            portal("SiteDeclaration").objects.create(site=site, **told)
        site.body, site.bip_url = None, site.bip_url or "/bip/"
        site.save()
    schema_editor.execute(AT_ONCE)
    schema_editor.execute("ALTER TABLE bulletin_declaration DISABLE TRIGGER USER")
    bulletin("Declaration").objects.exclude(body=None).delete()
    schema_editor.execute("ALTER TABLE bulletin_declaration ENABLE TRIGGER USER")
    bulletin("BodyEditor").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("portal", "0005_languages"), ("bulletin", "0006_publishing_bodies")]

    operations = [
        migrations.AddField(
            model_name="unitsite",
            name="body",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="bulletin.body",
                verbose_name="podmiot",
            ),
        ),
        migrations.RemoveConstraint(model_name="unitsite", name="portal_unit_has_its_bip"),
        migrations.RunPython(move_to_bodies, move_back),
        migrations.AlterField(
            model_name="unitsite",
            name="body",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="bulletin.body",
                verbose_name="podmiot",
            ),
        ),
        migrations.AlterField(
            model_name="unitsite",
            name="bip_url",
            field=models.CharField(blank=True, max_length=200, verbose_name="Biuletyn gdzie indziej"),
        ),
        migrations.DeleteModel(name="SiteEditor"),
        migrations.DeleteModel(name="SiteDeclaration"),
    ]
