from django.db import migrations

LOCK = """
CREATE FUNCTION files_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Zapisany plik nie może się zmienić' USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER files_refuse BEFORE UPDATE ON files_blob FOR EACH ROW
    WHEN (OLD.sha256 IS DISTINCT FROM NEW.sha256 OR OLD.size IS DISTINCT FROM NEW.size
          OR OLD.stored_at IS DISTINCT FROM NEW.stored_at)
    EXECUTE FUNCTION files_refuse();
"""
LOCK_BACK = """
DROP TRIGGER files_refuse ON files_blob;
DROP FUNCTION files_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("files", "0001_blob")]
    operations = [migrations.RunSQL(LOCK, LOCK_BACK)]
