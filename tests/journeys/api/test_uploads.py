"""Nothing is stored for an application one may not touch, nor for what the application refuses."""

from tests.journeys.api.conftest import Enter, Now
from tests.journeys.api.test_newborn import draft_of, submit
from tests.town import newborn
from yijianshi.foundation.models import StoredFile


def test_a_strangers_upload_is_not_stored(enter: Enter, now: Now) -> None:
    mother, stranger = enter("wangfang"), enter("zhaojianguo")
    draft = draft_of(mother, now)
    submit(mother, draft)
    before = StoredFile.objects.count()
    for path in ("materials/marriage-certificate", "corrections/materials/marriage-certificate", "deferred/marriage-certificate"):
        stranger.upload(f"/applications/{draft['id']}/{path}", "照片.png", newborn.one_pixel_png(), 404)
    assert StoredFile.objects.count() == before


def test_what_the_application_refuses_is_not_kept(enter: Enter, now: Now) -> None:
    mother = enter("wangfang")
    draft = draft_of(mother, now)
    submit(mother, draft)
    before = StoredFile.objects.count()
    for path in ("materials/marriage-certificate", "corrections/materials/marriage-certificate", "deferred/marriage-certificate"):
        mother.upload(f"/applications/{draft['id']}/{path}", "照片.png", newborn.one_pixel_png(), 409)
    assert StoredFile.objects.count() == before
