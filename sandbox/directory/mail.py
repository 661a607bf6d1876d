"""Graph's sendMail: what is sent lands in the sandbox's mailbox."""

from typing import Any

from sandbox.directory.objects import the_user
from sandbox.errors import GraphError, bad_request
from sandbox.routes import Call, Reply, route

PEOPLE = ("toRecipients", "ccRecipients", "bccRecipients", "replyTo")
FIELDS = {*PEOPLE, "subject", "body", "attachments", "internetMessageHeaders", "importance", "from", "sender"}


@route("POST", "/users/{id}/sendMail", app="Mail.Send", delegated="Mail.Send")
def send_mail(call: Call) -> Reply:
    """202 once accepted; 404 when the sender has no mailbox, 400 for a message that cannot be sent."""
    sender, body = the_user(call), _camel(call.object())
    if not call.world.options["mailbox"] or sender["userType"] != "Member" or not sender["mail"]:
        raise GraphError(
            404,
            "MailboxNotEnabledForRESTAPI",
            "The mailbox is either inactive, soft-deleted, or is hosted on-premise.",
        )
    message = body.get("message")
    if not isinstance(message, dict) or not set(body) <= {"message", "saveToSentItems"}:
        raise bad_request("The 'message' parameter is required.", "ErrorInvalidRequest")
    _check(message)
    call.world.mailbox.append({"from": sender["mail"], "message": message, "at": call.world.clock.text()})
    return Reply(202)


def _camel(body: dict[str, Any]) -> dict[str, Any]:
    """The SDK writes an action's parameters in PascalCase, the documentation in camelCase: both are taken."""
    return {name[:1].lower() + name[1:]: value for name, value in body.items()}


def _check(message: dict[str, Any]) -> None:
    unknown = {name for name in message if not name.startswith("@")} - FIELDS
    if unknown:
        raise bad_request(f"Invalid property '{min(unknown)}' of a message.", "RequestBodyRead")
    content = message.get("body") or {}
    if not isinstance(content, dict) or not all(isinstance(message.get(name) or [], list) for name in PEOPLE):
        raise bad_request("The message is malformed.", "RequestBodyRead")
    if str(content.get("contentType", "text")).lower() not in ("html", "text"):
        raise bad_request("contentType is 'text' or 'html'.", "RequestBodyRead")
    addressed = [_address(one) for name in PEOPLE[:3] for one in message.get(name) or []]
    if not addressed:
        raise bad_request("At least one recipient is not valid.", "ErrorInvalidRecipients")


def _address(recipient: Any) -> str:
    named = recipient.get("emailAddress") if isinstance(recipient, dict) else None
    address = named.get("address") if isinstance(named, dict) else None
    if not isinstance(address, str) or "@" not in address or "\n" in address:
        raise bad_request("At least one recipient is not valid.", "ErrorInvalidRecipients")
    return address
