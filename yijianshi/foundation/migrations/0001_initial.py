import django.db.models.functions.datetime
import yijianshi.foundation.ids
from django.db import migrations, models

from yijianshi.foundation.append_only import FORGET, REFUSE, append_only


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Heartbeat',
            fields=[
                ('name', models.CharField(max_length=120, primary_key=True, serialize=False)),
                ('started_at', models.DateTimeField()),
                ('seen_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'foundation_heartbeat',
            },
        ),
        migrations.CreateModel(
            name='OutboxRow',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('handler', models.TextField()),
                ('event', models.TextField()),
                ('payload', models.JSONField()),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('attempts', models.IntegerField(db_default=0)),
                ('next_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('error', models.TextField(db_default='')),
            ],
            options={
                'db_table': 'foundation_outbox',
            },
        ),
        migrations.CreateModel(
            name='HistoryRow',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('entry_id', models.UUIDField()),
                ('subject_kind', models.TextField()),
                ('subject_id', models.UUIDField()),
                ('application_id', models.UUIDField(null=True)),
                ('action', models.TextField()),
                ('actor_kind', models.TextField()),
                ('actor_id', models.TextField()),
                ('actor_name', models.TextField()),
                ('actor_organisation', models.TextField()),
                ('at', models.DateTimeField()),
                ('from_state', models.TextField()),
                ('to_state', models.TextField()),
                ('reason', models.TextField()),
                ('basis', models.TextField()),
                ('document_no', models.TextField()),
                ('payload', models.JSONField(default=dict)),
                ('leaf', models.BinaryField(max_length=32)),
            ],
            options={
                'db_table': 'foundation_history',
                'indexes': [models.Index(fields=['subject_id', 'id'], name='history_by_subject'), models.Index(fields=['application_id', 'id'], name='history_by_application')],
            },
        ),
        migrations.CreateModel(
            name='IdempotencyRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('actor_key', models.CharField(max_length=120)),
                ('key', models.CharField(max_length=200)),
                ('content_hash', models.BinaryField(max_length=32)),
                ('response', models.JSONField(null=True)),
                ('at', models.DateTimeField(db_index=True)),
            ],
            options={
                'db_table': 'foundation_idempotency',
                'constraints': [models.UniqueConstraint(fields=('actor_key', 'key'), name='idempotency_once')],
            },
        ),
        migrations.CreateModel(
            name='StoredFile',
            fields=[
                ('id', models.UUIDField(default=yijianshi.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('sha256', models.CharField(db_index=True, max_length=64)),
                ('size', models.BigIntegerField()),
                ('mime', models.CharField(max_length=80)),
                ('name', models.CharField(max_length=120)),
                ('stored_at', models.DateTimeField()),
                ('stored_by', models.CharField(max_length=120)),
            ],
            options={
                'db_table': 'foundation_file',
                'constraints': [models.CheckConstraint(condition=models.Q(('size__gt', 0)), name='file_not_empty')],
            },
        ),
        migrations.RunSQL("CREATE SEQUENCE foundation_serial INCREMENT BY 64", "DROP SEQUENCE foundation_serial"),
        migrations.RunSQL(REFUSE, FORGET),
        append_only("foundation_history"),
        # A queue table lives on its dead rows being cleaned early, not at 20 % of a table that is mostly empty.
        migrations.RunSQL(
            "ALTER TABLE foundation_outbox SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000)",
            migrations.RunSQL.noop,
        ),
    ]
