"""What waits for the log carries its leaf, so that the sequencer need not look it up line by line."""

from django.db import migrations, models

QUEUE = """
UPDATE foundation_log_queue SET leaf = h.leaf FROM foundation_history h WHERE h.id = history_id;
CREATE OR REPLACE FUNCTION foundation_wait_for_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO foundation_log_queue (history_id, leaf) SELECT id, leaf FROM new_lines;
    RETURN NULL;
END $$;
"""
NO_QUEUE = """
CREATE OR REPLACE FUNCTION foundation_wait_for_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO foundation_log_queue (history_id) SELECT id FROM new_lines;
    RETURN NULL;
END $$;
"""
# The sequencer reads leaves strung together: one of another length would shift all that follow.
SIZE = "ALTER TABLE foundation_log_queue ADD CONSTRAINT log_leaf_size CHECK (octet_length(leaf) = 32)"
NO_SIZE = "ALTER TABLE foundation_log_queue DROP CONSTRAINT log_leaf_size"


class Migration(migrations.Migration):
    """Add the column, fill it for what waits now, and let the trigger fill it from now on."""

    dependencies = [("foundation", "0002_transparency")]

    operations = [
        migrations.AddField("LogQueue", "leaf", models.BinaryField(max_length=32, null=True)),
        migrations.RunSQL(QUEUE, NO_QUEUE),
        migrations.AlterField("LogQueue", "leaf", models.BinaryField(max_length=32)),
        migrations.RunSQL(SIZE, NO_SIZE),
    ]
