"""How somebody logs in."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from yijianshi.foundation.ids import new_id
from yijianshi.identity.models.organisation import Staff
from yijianshi.identity.models.person import Person


class AccountManager(BaseUserManager["Account"]):
    """Loads the account together with whom it belongs to, since every request needs both."""

    def get_queryset(self) -> models.QuerySet["Account"]:
        return super().get_queryset().select_related("person", "staff__organisation")


class Account(AbstractBaseUser):
    """A user name and a password, belonging to exactly one person or one staff member."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    username = models.CharField(max_length=64, unique=True)
    person = models.OneToOneField(Person, null=True, on_delete=models.PROTECT, related_name="account")
    staff = models.OneToOneField(Staff, null=True, on_delete=models.PROTECT, related_name="account")
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)  # such an account opens no door outside demo mode
    created_at = models.DateTimeField()

    objects = AccountManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(person__isnull=True) ^ Q(staff__isnull=True), name="identity_account_one_owner"),
            models.CheckConstraint(condition=Q(username=Lower("username")), name="identity_account_lower"),
        ]
