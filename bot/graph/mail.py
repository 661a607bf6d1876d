"""Send a mail from Usher's mailbox through Graph."""

from __future__ import annotations

from bot.errors import NoMailbox, NotFound
from bot.graph.client import Graph
from bot.graph.faults import explained


async def send_mail(graph: Graph, sender: str, to: str, *, subject: str, text: str, html: str) -> None:
    """The mail is accepted for sending; it is not kept under Sent Items.

    Graph's JSON takes one body: the HTML, from which Exchange makes the text part itself; without HTML the
    text. Raises NoMailbox, Forbidden, and Ambiguous when the connection broke.
    https://learn.microsoft.com/graph/api/user-sendmail
    """
    from msgraph.generated.models.body_type import BodyType
    from msgraph.generated.models.email_address import EmailAddress
    from msgraph.generated.models.item_body import ItemBody
    from msgraph.generated.models.message import Message
    from msgraph.generated.models.recipient import Recipient
    from msgraph.generated.users.item.send_mail.send_mail_post_request_body import SendMailPostRequestBody

    content = ItemBody(content_type=BodyType.Html if html else BodyType.Text, content=html or text)
    recipient = Recipient(email_address=EmailAddress(address=to))
    message = Message(subject=subject, body=content, to_recipients=[recipient])
    body = SendMailPostRequestBody(message=message, save_to_sent_items=False)
    try:
        with explained(writing=True):
            await graph.sdk.users.by_user_id(sender).send_mail.post(body)
    except NotFound as fault:
        raise NoMailbox(fault.detail, code=fault.code) from fault
