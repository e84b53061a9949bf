"""Addresses of the workbench, all below /workbench/."""

from django.urls import path

from yijianshi.channels.workbench.views import (
    account,
    case,
    certificates,
    exchange,
    files,
    objections,
    reductions,
    seals,
    simulation,
    versions,
    window,
    worklist,
)

app_name = "workbench"

urlpatterns = [
    path("", worklist.show, name="worklist"),
    path("account/", account.show, name="account"),
    path("batch/<slug:action>/", worklist.batch, name="batch"),
    path("versions/", versions.table, name="versions"),
    path("versions/<str:code>/move/", versions.move, name="move-drafts"),
    path("reductions/", reductions.table, name="reductions"),
    path("reductions.csv", reductions.export, name="reductions-csv"),
    path("exchange/", exchange.desk, name="exchange"),
    path("exchange/share/", exchange.share, name="connected"),
    path("exchange/<slug:way>/<slug:message_id>/retry/", exchange.retry, name="exchange-retry"),
    path("exchange/<slug:way>/<slug:message_id>/hand/", exchange.hand, name="exchange-hand"),
    path("window/", window.table, name="window"),
    path("window/<uuid:passage_id>/", window.one, name="window-one"),
    path("window/<uuid:passage_id>/files/<uuid:file_id>/", window.file, name="window-file"),
    path("objections/", objections.table, name="objections"),
    path("objections/<uuid:objection_id>/answer/", objections.answer, name="answer-objection"),
    path("certificates/", certificates.table, name="certificates"),
    path("certificates/<uuid:certificate_id>/", certificates.one, name="certificate"),
    path("certificates/<uuid:certificate_id>/<slug:action>/", certificates.act, name="certificate-act"),
    path("seals/", seals.table, name="seals"),
    path("seals/make/", seals.make, name="make-seal"),
    path("seals/<uuid:seal_id>/end/", seals.end, name="end-seal"),
    path("simulation/", simulation.index, name="simulation"),
    path("simulation/record/", simulation.record, name="record"),
    path("simulation/<uuid:set_id>/", simulation.replay, name="replay"),
    path("simulation/<uuid:set_id>/forecast/", simulation.forecast, name="forecast"),
    path("simulation/<uuid:set_id>/examples/<slug:digest>.yaml", simulation.example, name="example"),
    path("simulation/<uuid:set_id>/examples/<slug:digest>/keep/", simulation.keep_example, name="keep-example"),
    path("cases/<uuid:case_id>/", case.show, name="case"),
    path("cases/<uuid:case_id>/originals/<slug:code>/", files.confirm_original, name="original"),
    path("cases/<uuid:case_id>/files/<uuid:file_id>/", files.show, name="file"),
    path("cases/<uuid:case_id>/<slug:action>/", case.act, name="act"),
]
