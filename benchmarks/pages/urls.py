"""The product's addresses and /bare/: a Django view with one query and nothing else."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

from yijianshi.config import urls as house
from yijianshi.config.urls import handler400, handler403, handler404, handler500
from yijianshi.identity.entrance import PUBLIC, entry

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


@entry(PUBLIC)
def bare(request: HttpRequest) -> HttpResponse:
    """Read one row and show it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name_zh FROM identity_organisation ORDER BY code LIMIT 1")
        row = cursor.fetchone()
    return HttpResponse(f"<!doctype html><title>{row[0]}</title><p>{row[0]}")


urlpatterns = [path("bare/", bare), *house.urlpatterns]
