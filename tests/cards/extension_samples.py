"""A change of an end in each of its states."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.access import Assignment, AssignmentState
from bot.domain.end_changes import ChangeState, EndChange
from bot.domain.expiring import soon, weeks
from bot.domain.outcomes import Expiring, Extending, Press
from cards import end_change, expiring
from tests.cards.sample import Sample

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
OLD = NOW + timedelta(days=4)
BEGUN = EndChange(
    id="0d5b2f5e-0000-5000-8000-000000000001",
    assignment_id="a1",
    address="ana@fabrikam.com",
    person_id="55555555-5555-4555-8555-555555555551",
    package_id="99999999-9999-4999-8999-999999999991",
    package_name="Invited users package",
    old_end=OLD,
    new_end=OLD + timedelta(days=10),
    by_id="33333333-3333-4333-8333-333333333333",
    by_name="Alex Wilber",
    begun_at=NOW,
)
DONE = BEGUN.settled(ChangeState.DONE, NOW, given=BEGUN.new_end)
STATES = {
    "begun": BEGUN,
    "waiting": replace(BEGUN, state=ChangeState.WAITING),
    "done": DONE,
    "cut": replace(DONE, given=OLD + timedelta(days=7)),
    "failed": BEGUN.settled(ChangeState.FAILED, NOW, reason="The access ended before its end could be moved."),
    "undone": replace(DONE, undone_by="Megan Bowen"),
    "undo": replace(DONE, undoes="0d5b2f5e", old_end=DONE.new_end, new_end=OLD, given=OLD),
}
HELD = tuple(
    Assignment(
        f"a{number}",
        AssignmentState.DELIVERED,
        BEGUN.package_id,
        "Invited users package",
        f"55555555-5555-4555-8555-55555555555{number}",
        name,
        f"{name.split()[0].lower()}@fabrikam.com",
        ends_at=NOW + timedelta(days=days),
    )
    for number, (name, days) in enumerate([("Ana Silva", 1), ("Ben Ortiz", 4), ("Carla Diaz", 9)], 1)
)
BERLIN = ZoneInfo("Europe/Berlin")
ENDING = soon(HELD, NOW, 14, BERLIN)
LISTS = (Press("30 days", "expiring", {"days": "30"}), Press("Those I sponsor", "expiring", {"mine": "yes"}))
EXPIRING = Expiring(ENDING, weeks(ENDING, NOW, 14, BERLIN), 14, NOW, time_zone="Europe/Berlin", presses=LISTS)
NONE = replace(EXPIRING, ending=(), weeks=weeks((), NOW, 14, BERLIN), mine=True, package="Invited users package")
SAMPLES = {
    "expiring": Sample(expiring.card, expiring.text, EXPIRING),
    "expiring-of-many": Sample(
        expiring.card, expiring.text, replace(EXPIRING, counted_at=NOW - timedelta(minutes=12), more=True)
    ),
    "expiring-none": Sample(expiring.card, expiring.text, NONE),
} | {
    f"extension-{name}": Sample(end_change.card, end_change.text, Extending(change, "Europe/Berlin"))
    for name, change in STATES.items()
}
