from django.db import migrations

LOCK = """
CREATE FUNCTION signatures_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Raport z podpisu i znacznik czasu nie mogą się zmienić'
        USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER report_never_changes BEFORE UPDATE OR DELETE ON signatures_storedreport
    FOR EACH ROW EXECUTE FUNCTION signatures_refuse();
CREATE TRIGGER stamp_is_made_once BEFORE UPDATE ON signatures_timestamp
    FOR EACH ROW WHEN (OLD.token IS NOT NULL OR OLD.sha256 IS DISTINCT FROM NEW.sha256)
    EXECUTE FUNCTION signatures_refuse();
CREATE TRIGGER stamp_is_never_deleted BEFORE DELETE ON signatures_timestamp
    FOR EACH ROW EXECUTE FUNCTION signatures_refuse();
"""
LOCK_BACK = """
DROP TRIGGER report_never_changes ON signatures_storedreport;
DROP TRIGGER stamp_is_made_once ON signatures_timestamp;
DROP TRIGGER stamp_is_never_deleted ON signatures_timestamp;
DROP FUNCTION signatures_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("signatures", "0001_reports_stamps_keys")]
    operations = [migrations.RunSQL(LOCK, LOCK_BACK)]
