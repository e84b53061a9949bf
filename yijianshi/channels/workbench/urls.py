"""Addresses of the workbench, all below /workbench/."""

from django.urls import path

from yijianshi.channels.workbench.views import account, case, files, reductions, versions, worklist

app_name = "workbench"

urlpatterns = [
    path("", worklist.show, name="worklist"),
    path("account/", account.show, name="account"),
    path("batch/<slug:action>/", worklist.batch, name="batch"),
    path("versions/", versions.table, name="versions"),
    path("versions/<str:code>/move/", versions.move, name="move-drafts"),
    path("reductions/", reductions.table, name="reductions"),
    path("reductions.csv", reductions.export, name="reductions-csv"),
    path("cases/<uuid:case_id>/", case.show, name="case"),
    path("cases/<uuid:case_id>/files/<uuid:file_id>/", files.show, name="file"),
    path("cases/<uuid:case_id>/<slug:action>/", case.act, name="act"),
]
