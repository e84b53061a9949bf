"""Versions that end a thing or a list, and lists, examples and notices that come into force on a day."""

from datetime import date

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0004_notices'),
    ]

    operations = [
        migrations.AddField(
            model_name='publishedthing',
            name='is_end',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='publishedsheet',
            name='is_end',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='publishedsheet',
            name='effective_on',
            # what is published already has been in force ever since
            field=models.DateField(default=date(2000, 1, 1)),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='publishedsheet',
            name='proposal',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sheets', to='catalogue.proposal'),
        ),
    ]
