"""Addresses of authoring, all below /authoring/."""

from django.urls import path

from yijianshi.channels.authoring.views import browse, proposals

app_name = "authoring"

urlpatterns = [
    path("", browse.show, name="browse"),
    path("files/<path:path>", browse.file, name="file"),
    path("proposals/", proposals.index, name="proposals"),
    path("proposals/new/", proposals.new, name="new"),
    path("proposals/<uuid:proposal_id>/", proposals.show, name="proposal"),
    path("proposals/<uuid:proposal_id>/do/<slug:action>/", proposals.act, name="act"),
]
