"""A proposal: files as somebody would have them, checked and approved by two people before they reach the shelf."""

from django.db import models
from django.db.models import Q

from yijianshi.catalogue.models.shelf import LONGEST_PATH
from yijianshi.foundation.ids import new_id


class Proposal(models.Model):
    """One proposal; ``editors`` are the accounts that wrote any of it, ``restores`` is the proposal it takes back."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    title = models.CharField(max_length=120)
    reason = models.TextField()
    state = models.CharField(max_length=12)
    author = models.JSONField()
    editors = models.JSONField(default=list)
    revision = models.PositiveIntegerField(default=1)
    effective_on = models.DateField(null=True)
    restores = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="restored_by")
    opened_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["DRAFT", "IN_REVIEW", "APPROVED", "PUBLISHED", "WITHDRAWN"]),
                name="catalogue_proposal_state",
            ),
            models.CheckConstraint(
                condition=~Q(state="PUBLISHED") | Q(effective_on__isnull=False, published_at__isnull=False),
                name="catalogue_proposal_published_when",
            ),
        ]
        indexes = [models.Index(fields=["state", "-changed_at"], name="catalogue_proposal_state_at")]


class ProposalFile(models.Model):
    """One file of a proposal as it stands: ``text`` null removes it; ``base_text`` is the shelf's when it was taken up."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="files")
    path = models.CharField(max_length=LONGEST_PATH)
    base_text = models.TextField(null=True)
    text = models.TextField(null=True)
    revision = models.PositiveIntegerField(default=1)
    edited_by = models.JSONField()
    edited_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "path"], name="catalogue_proposal_path_once")]


class ProposalSave(models.Model):
    """One save of a file of a proposal, never changed: nothing anybody wrote is lost, and a merge finds its base."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="saves")
    path = models.CharField(max_length=LONGEST_PATH)
    revision = models.PositiveIntegerField()
    text = models.TextField(null=True)
    saved_by = models.JSONField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "path", "revision"], name="catalogue_save_once")]
