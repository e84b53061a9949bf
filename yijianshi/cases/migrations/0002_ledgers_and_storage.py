"""The clock ledger only grows; cases leave room on their pages so that each step is a HOT update."""

from django.db import migrations

from yijianshi.foundation.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("foundation", "0001_initial")]

    operations = [
        append_only("cases_clock_entry"),
        migrations.RunSQL("ALTER TABLE cases_case SET (fillfactor = 70)", "ALTER TABLE cases_case RESET (fillfactor)"),
    ]
