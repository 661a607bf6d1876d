"""Forgotten guests: the first report, a later one to choose from, a tenant without sign-ins, and accounts to delete."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.domain.dormancy import Dormancy, Forgotten, Seen, SignIn, Sleeper
from bot.domain.outcomes import Press, StaleGuests
from bot.domain.people import Person, Redemption
from cards import stale_guests
from tests.cards.sample import Sample

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
WHO = (
    ("Ana Silva", Dormancy.NEVER_REDEEMED, SignIn(), ()),
    ("Ben Ortiz", Dormancy.SILENT, SignIn(Seen.AT, NOW - timedelta(days=200)), ("has “Invited users package”",)),
    ("Carla Diaz", Dormancy.NEVER_SIGNED_IN, SignIn(Seen.NEVER), ()),
)
GUESTS = tuple(
    Forgotten(
        Sleeper(
            Person(
                f"55555555-5555-4555-8555-55555555555{number}",
                name,
                f"{name.split()[0].lower()}@fabrikam.com",
                is_guest=True,
                redemption=Redemption.PENDING if dormancy is Dormancy.NEVER_REDEEMED else Redemption.ACCEPTED,
                created_at=NOW - timedelta(days=300 + number),
            ),
            sign_in,
        ),
        dormancy,
        marks,
    )
    for number, (name, dormancy, sign_in, marks) in enumerate(WHO, 1)
)
COUNTS = {
    Dormancy.NEVER_REDEEMED: 1,
    Dormancy.NEVER_SIGNED_IN: 1,
    Dormancy.SILENT: 1,
    Dormancy.UNKNOWN: 4,
    Dormancy.ACTIVE: 12,
}
AGAIN = Press("Look again, to choose", "stale", {"days": "90"})
FIRST = StaleGuests(GUESTS, COUNTS, 3, 90, 20, time_zone="Europe/Berlin", presses=(AGAIN,))
OUTCOMES = {
    "first": FIRST,
    "choose": replace(FIRST, choose="stale.choose", presses=(Press("Let in again…", "stale", {"what": "undo"}),)),
    "blind": replace(
        FIRST, guests=GUESTS[:1], total=1, blind="Usher's application lacks the permission AuditLog.Read.All"
    ),
    "none": replace(FIRST, guests=(), total=0, counts={Dormancy.ACTIVE: 12}),
    "delete": replace(FIRST, waiting=True, choose="stale.choose.delete", days=30, counts={Dormancy.BLOCKED: 3}),
}
SAMPLES = {
    f"stale-guests-{name}": Sample(stale_guests.card, stale_guests.text, outcome) for name, outcome in OUTCOMES.items()
}
