"""`help`: what this person may do here, as sentences to type."""

from __future__ import annotations

from bot.commands.command import Ask, Command, Value, text_of
from bot.domain.outcomes import Help, Outcome, Press
from bot.domain.roles import Act, refusal

GROUPS = {
    "package": "Access packages: look at one, change, close, hide, clone, lint or delete it.",
    "catalogs": "Catalogs: what is in them, who can ask, and who works in them.",
    "sponsors": "Sponsors: who answers for a guest, the guests you answer for, and handing them over; forgotten guests.",
    "orgs": "Connected organizations, their sponsors, and what becomes of guests' accounts at the end.",
}
"""Group of commands -> what help says of it as a whole."""


def parse(words: str, value: Value) -> str:
    """The command to explain, "" for all."""
    topic = text_of(value, "topic") if value else words
    return topic.strip().casefold()[:30]


async def run(topic: str, ask: Ask) -> Outcome:
    """Sentences for what the asker's roles allow; below, what they do not and which role opens it."""
    name = ask.person.name or ask.turn.caller.name
    one = next((one for one in ask.commands if topic in (one.name, *one.aliases)), None)
    if ask.person.is_guest:
        instead = one.name if one and not one.for_guests else ""
        return Help(name, _guest_lines(), presses=(Press("My status", "status"),), instead=instead)
    if topic in GROUPS:
        return _group(topic, name, ask)
    if one is not None and one.for_admins:
        return Help(name, ((one.usage, one.summary),), presses=(Press("All commands", "help"),))
    single = [one for one in ask.commands if not one.group and not one.by_card]
    lines = [(one.usage, one.summary) for one in single if _open_to(one, ask)]
    closed = [(one.usage, _roles(one, ask)) for one in single if one.for_admins and not _open_to(one, ask)]
    for group, summary in GROUPS.items():
        grouped = [one for one in ask.commands if one.group == group]
        if any(_open_to(one, ask) for one in grouped):
            lines.append((f"help {group}", summary))
        elif grouped:
            closed.append((f"help {group}", _roles(grouped[0], ask)))
    presses = (
        (_first(ask), Press("Access packages", "packages"), Press("Guests", "guests")) if ask.may(Act.READ) else ()
    )
    return Help(name, tuple(lines), tuple(closed), presses)


def _group(group: str, name: str, ask: Ask) -> Help:
    """The commands of one group."""
    grouped = [one for one in ask.commands if one.group == group]
    lines = tuple((one.usage, one.summary) for one in grouped if _open_to(one, ask))
    closed = tuple((one.usage, _roles(one, ask)) for one in grouped if not _open_to(one, ask))
    return Help(name, lines, closed, (Press("All commands", "help"),))


def _first(ask: Ask) -> Press:
    """What this person most likely came for."""
    if ask.may(Act.ASSIGN) and not ask.may(Act.INVITE):
        return Press("Assign a package", "assign")
    return Press("Invite a guest", "invite")


def _guest_lines() -> tuple[tuple[str, str], ...]:
    words = {
        "status": "Where you stand.",
        "link": "Your request link.",
        "apps": "Where your applications are.",
        "extend": "Keep an access that ends: by yourself, or by asking who decides.",
        "help": "This list.",
    }
    return tuple(words.items())


def _open_to(command: Command, ask: Ask) -> bool:
    act = _needs(command)
    return command.for_admins and (act is None or ask.may(act))


_OWN = {
    "invite": Act.INVITE,
    "assign": Act.ASSIGN,
    "revoke": Act.ASSIGN,
    "status": Act.READ,
    "link": Act.READ,
    "expiring": Act.READ,
    "catalogs": Act.READ,
    "delegate": Act.CHANGE_CATALOG,
    "undelegate": Act.CHANGE_CATALOG,
}


def _needs(command: Command) -> Act | None:
    """Some commands look at their rights themselves, with the package or the catalog at hand."""
    return _OWN.get(command.name, command.act)


def _roles(command: Command, ask: Ask) -> str:
    act = _needs(command)
    missing = refusal(act, ask.roles, catalog_id=None) if act else None
    return "Needs: " + " or ".join(missing.roles) if missing else ""


COMMAND = Command(
    name="help",
    usage="help",
    summary="What you can do here.",
    parse=parse,
    run=run,
    aliases=("hilfe", "aide", "ayuda", "commands"),
    quick=True,
    open_in_channel=True,
    for_guests=True,
)
