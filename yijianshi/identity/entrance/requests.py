"""What a request carries once the middleware has looked at it."""

from django.http import HttpRequest

from yijianshi.identity.logic.actor import Actor


class ActorRequest(HttpRequest):
    """A request whose sender is known: ``actor`` is ANONYMOUS when nobody is logged in."""

    actor: Actor
    language: str
