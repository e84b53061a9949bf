"""Evidence of uses and issued faces are never changed or removed."""

from django.db import migrations

from yijianshi.foundation.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("certificates", "0001_initial"), ("foundation", "0001_initial")]

    operations = [append_only("certificates_certificateuse"), append_only("certificates_facerow")]
