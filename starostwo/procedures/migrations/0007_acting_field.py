"""Published forms declare which question says in whose name one applies; its name alone said it before."""

from django.db import migrations

ADD = """
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE procedures_formversion DISABLE TRIGGER USER;
UPDATE procedures_formversion SET definition = definition || '{"acting_field": "w_imieniu"}'
WHERE NOT jsonb_exists(definition, 'acting_field')
  AND jsonb_path_exists(definition, '$.steps[*].fields[*] ? (@.name == "w_imieniu" && @.type == "choice")');
ALTER TABLE procedures_formversion ENABLE TRIGGER USER;
"""
REMOVE = """
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE procedures_formversion DISABLE TRIGGER USER;
UPDATE procedures_formversion SET definition = definition - 'acting_field';
ALTER TABLE procedures_formversion ENABLE TRIGGER USER;
"""


class Migration(migrations.Migration):
    dependencies = [("procedures", "0006_co_applicants_of_a_card")]

    operations = [migrations.RunSQL(ADD, REMOVE)]
