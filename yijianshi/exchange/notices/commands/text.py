"""Send one text message this moment, past notices and quiet hours: for codes somebody waits for."""

from datetime import datetime
from uuid import UUID

from yijianshi.exchange.notices.commands.deliver import sender_of
from yijianshi.exchange.notices.queries.wishes import wishes_of
from yijianshi.exchange.notices.senders.port import Away, Letter, Refused
from yijianshi.foundation.ids import new_id
from yijianshi.identity import queries as identity
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.errors import Conflict, Forbidden, Invalid
from yijianshi.kernel.identifiers import masks
from yijianshi.kernel.text import Text


class NoPhone(Invalid):
    """我们没有您的手机号，发不了验证码。可以改用手写签名，或者到服务大厅办理。

    We have no mobile number of yours, so no code can be sent. You can sign by hand instead, or go to a service centre.
    """


class TextNotSent(Conflict):
    """短信现在发不出去。请过几分钟再试，或者改用手写签名。

    Text messages cannot be sent at the moment. Please try again in a few minutes, or sign by hand.
    """


def text_now(person_id: UUID, text: Text, *, by: Actor, at: datetime) -> str:
    """Send *text* to the person's phone, in their language, and return the masked number; nothing of it is kept.

    Call it outside any transaction: it waits for the gateway. Raises NoPhone, TextNotSent.
    """
    if not by.is_system:
        raise Forbidden(why=Text("只有系统可以发短信", "only the house itself sends text messages"))
    contact = identity.contacts([person_id], by=by).get(person_id)
    if contact is None or not contact.phone:
        raise NoPhone
    sender = sender_of("sms")
    if sender is None:
        raise TextNotSent
    words = text.get(wishes_of([person_id])[person_id].language)
    try:
        sender.send(Letter(new_id(), contact.phone, "", words))
    except (Away, Refused) as error:
        raise TextNotSent from error
    return masks.mask_phone(contact.phone)
