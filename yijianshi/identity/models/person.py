"""Who is served: people and enterprises."""

from django.db import models

from yijianshi.foundation.ids import new_id


class Person(models.Model):
    """A natural person; ID number, phone and address are sealed, and found again only through their blind index."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=100)
    id_number_sealed = models.TextField()
    id_number_index = models.BinaryField(max_length=32, unique=True)
    phone_sealed = models.TextField(blank=True)
    phone_index = models.BinaryField(max_length=32, null=True, db_index=True)
    address_sealed = models.TextField(blank=True)
    sex = models.CharField(max_length=6)
    birth_date = models.DateField()
    region_code = models.CharField(max_length=6)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(sex__in=["MALE", "FEMALE"]), name="identity_person_sex"),
            models.CheckConstraint(condition=models.Q(region_code__regex=r"^[0-9]{6}$"), name="identity_person_region"),
        ]


class Enterprise(models.Model):
    """A registered enterprise or sole trader; its name and credit code are public (企业信息公示暂行条例 [L])."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    uscc = models.CharField(max_length=18, unique=True)
    name = models.CharField(max_length=200)
    legal_representative = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    region_code = models.CharField(max_length=6)
    address = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
