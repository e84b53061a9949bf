"""Addresses of the citizen portal."""

from django.urls import path

from yijianshi.channels.portal.views import (
    account,
    applications,
    certificates,
    form,
    guide,
    home,
    mandates,
    materials,
    pages,
    submit,
    track,
)

app_name = "portal"

urlpatterns = [
    path("", home.home, name="home"),
    path("things/<slug:code>/", home.thing, name="thing"),
    path("items/<slug:code>/", home.item, name="item"),
    path("things/<str:code>/guide/", guide.question, name="guide"),
    path("things/<str:code>/summary/", guide.summary, name="summary"),
    path("things/<str:code>/start/", guide.start, name="start"),
    path("applications/", applications.mine, name="applications"),
    path("applications/<uuid:application_id>/", applications.one, name="application"),
    path("applications/<uuid:application_id>/discard/", applications.discard, name="discard"),
    path("applications/<uuid:application_id>/draft/", form.autosave, name="autosave"),
    path("applications/<uuid:application_id>/form/<slug:entity>/", form.group, name="form"),
    path("applications/<uuid:application_id>/materials/", materials.overview, name="materials"),
    path("applications/<uuid:application_id>/materials/<slug:code>/", materials.one, name="material"),
    path("applications/<uuid:application_id>/letters/<slug:code>/", materials.letter, name="letter"),
    path("applications/<uuid:application_id>/check/", submit.check, name="check"),
    path("applications/<uuid:application_id>/submitted/", submit.submitted, name="submitted"),
    path("applications/<uuid:application_id>/receipt/", submit.receipt, name="receipt"),
    path("applications/<uuid:application_id>/corrections/", track.corrections, name="corrections"),
    path("applications/<uuid:application_id>/withdraw/", track.withdraw, name="withdraw"),
    path("certificates/", certificates.mine, name="certificates"),
    path("certificates/<uuid:certificate_id>/", certificates.one, name="certificate"),
    path("certificates/<uuid:certificate_id>/file.pdf", certificates.file, name="certificate-file"),
    path("verify/", certificates.verify, name="verify"),
    path("verify/<str:code>/", certificates.verified, name="verified"),
    path("me/", mandates.me, name="me"),
    path("me/mandates/", mandates.grant, name="grant"),
    path("me/mandates/<uuid:mandate_id>/revoke/", mandates.revoke, name="revoke"),
    path("me/acting/", mandates.act, name="act"),
    path("login/", account.login, name="login"),
    path("login/demo/", account.demo_login, name="demo-login"),
    path("logout/", account.logout, name="logout"),
    path("settings/display/", account.display, name="display"),
    path("help/", pages.help_page, name="help"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("privacy/", pages.privacy, name="privacy"),
    path("offline/", pages.offline, name="offline"),
]
