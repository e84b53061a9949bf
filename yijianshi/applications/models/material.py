"""What was handed in for one required material, and the evidence it leaves."""

from django.db import models

from yijianshi.foundation.ids import new_id


class Material(models.Model):
    """One material of one application: uploaded files, or the reason why none are needed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    application = models.ForeignKey("applications.Application", on_delete=models.CASCADE, related_name="materials")
    code = models.CharField(max_length=80)
    satisfier = models.CharField(max_length=24)
    files = models.JSONField(default=list)  # [{id, name, size, mime}] in the order of upload
    evidence = models.JSONField(default=dict)  # certificate ids, letter id, upstream item
    updated_at = models.DateTimeField()

    class Meta:
        db_table = "applications_material"
        constraints = (models.UniqueConstraint(name="applications_one_material", fields=["application", "code"]),)


class Letter(models.Model):
    """A commitment letter (承诺书) as agreed: what was told, what was promised, by whom, when."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    application = models.ForeignKey("applications.Application", on_delete=models.CASCADE, related_name="letters")
    code = models.CharField(max_length=80)
    content = models.JSONField()  # the letter's text as it was shown
    signer = models.CharField(max_length=120)
    agreed_at = models.DateTimeField()

    class Meta:
        db_table = "applications_letter"
        constraints = (models.UniqueConstraint(name="applications_one_letter", fields=["application", "code"]),)


class ResultFact(models.Model):
    """A fact a department's decision produced; downstream cases read it (数据回流 inside the one thing)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    application = models.ForeignKey("applications.Application", on_delete=models.CASCADE, related_name="results")
    name = models.CharField(max_length=80)
    value = models.JSONField()
    case_id = models.UUIDField()
    item_code = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        db_table = "applications_result_fact"
        constraints = (models.UniqueConstraint(name="applications_one_result", fields=["application", "name"]),)
