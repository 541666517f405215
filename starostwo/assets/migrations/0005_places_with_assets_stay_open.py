"""A place in which a thing of the register or a consumable stands is not closed."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION assets_place_is_empty() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM assets_asset a WHERE a.place_id = NEW.id AND a.state = 'IN_USE')
        OR EXISTS (SELECT 1 FROM assets_supply s WHERE s.place_id = NEW.id AND s.quantity > 0) THEN
        RAISE EXCEPTION 'closed_place_is_empty: things stand in the place'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'closed_place_is_empty';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER assets_place_is_empty BEFORE UPDATE OF closed_on ON office_place
    FOR EACH ROW WHEN (OLD.closed_on IS NULL AND NEW.closed_on IS NOT NULL)
    EXECUTE FUNCTION assets_place_is_empty();
"""
BACK = """
DROP TRIGGER assets_place_is_empty ON office_place;
DROP FUNCTION assets_place_is_empty();
"""


class Migration(migrations.Migration):
    dependencies = [("assets", "0004_papers_people_supplies"), ("office", "0008_places_and_rights_of_assets")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
