"""Addresses of authoring, all below /authoring/."""

from django.urls import path

from yijianshi.channels.authoring.views import browse, creating, editing, merging, preview, proposals

app_name = "authoring"

urlpatterns = [
    path("", browse.show, name="browse"),
    path("files/<path:path>", browse.file, name="file"),
    path("things/<str:code>/", preview.in_use, name="thing"),
    path("proposals/", proposals.index, name="proposals"),
    path("proposals/new/", proposals.new, name="new"),
    path("proposals/<uuid:proposal_id>/", proposals.show, name="proposal"),
    path("proposals/<uuid:proposal_id>/do/<slug:action>/", proposals.act, name="act"),
    path("proposals/<uuid:proposal_id>/preview/<str:code>/", preview.proposed, name="preview"),
    path("proposals/<uuid:proposal_id>/add/", creating.add, name="add"),
    path("proposals/<uuid:proposal_id>/edit/<path:path>", editing.edit, name="edit"),
    path("proposals/<uuid:proposal_id>/merge/<path:path>", merging.merge, name="merge-save"),
    path("proposals/<uuid:proposal_id>/settle/<path:path>", merging.settle, name="merge"),
]
