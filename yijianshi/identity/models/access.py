"""Tokens for programs, and the memory of failed attempts."""

from django.db import models

from yijianshi.foundation.ids import new_id
from yijianshi.identity.models.account import Account


class AccessToken(models.Model):
    """A bearer token; only its hash is kept, so a stolen table opens nothing."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    token_hash = models.BinaryField(max_length=32, unique=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    stamp = models.CharField(max_length=128)  # of the password it was issued under: a new password ends all tokens
    name = models.CharField(max_length=60, blank=True)  # of a key somebody made for a program; empty for a log-in
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_on = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)


class Throttle(models.Model):
    """How often a door was knocked at; the key is a blind index, so the table names neither people nor addresses."""

    key = models.BinaryField(primary_key=True, max_length=32)
    count = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()
    blocked_until = models.DateTimeField(null=True)
