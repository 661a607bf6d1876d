"""What people are told of access that ends: the guest, and whoever answers for guests."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.domain.access import Assignment, AssignmentState
from bot.domain.digests import NOBODY_WAITS, NeverAccepted, Noticed
from bot.domain.expiring import EndingWeek, weeks
from bot.domain.notices import Ending
from bot.domain.outcomes import AccessEnds, AccountGoes, Digest
from cards import access_ends, digest
from tests.cards.extension_samples import BEGUN, NOW
from tests.cards.sample import Sample

ENDS = AccessEnds(
    package_name="Invited users package",
    package_id=BEGUN.package_id,
    person_id=BEGUN.person_id,
    address="ana@fabrikam.com",
    ends_at=NOW + timedelta(days=7, hours=7),
    now=NOW,
    organisation="Contoso",
    link="https://myaccess.microsoft.com/@contoso.onmicrosoft.com#/access-packages/1",
    name="Ana Silva",
    contacts=("Alex Wilber",),
    opens=("App4Guest", "Partner Readers"),
    time_zone="Europe/Berlin",
    zone_known=True,
)
GUESTS = [("Ana Silva", 1), ("Ben Ortiz", 4), ("Carla Diaz", 9), ("Dai Ito", 20)]
LINES = tuple(
    Noticed(
        Ending(
            f"a{number}",
            NOW + timedelta(days=days),
            f"55555555-5555-4555-8555-55555555555{number}",
            BEGUN.package_id,
            "Invited users package",
            name,
            f"{name.split()[0].lower()}@fabrikam.com",
        ),
        7,
        fresh=number < 3,
    )
    for number, (name, days) in enumerate(GUESTS, 1)
)
MANY = tuple(
    replace(
        LINES[0],
        ending=replace(
            LINES[0].ending,
            assignment_id=f"b{number}",
            person_name=f"Guest {number}",
            person_address=f"guest{number}@fabrikam.com",
        ),
    )
    for number in range(40)
)


def _weeks(lines: tuple[Noticed, ...]) -> tuple[EndingWeek, ...]:
    held = (
        Assignment(one.ending.assignment_id, AssignmentState.DELIVERED, "", "", "", ends_at=one.ending.ends_at)
        for one in lines
    )
    return weeks(held, NOW, 30, ZoneInfo("UTC"))


MINE = Digest(
    lines=LINES,
    now=NOW,
    organisation="Contoso",
    sponsored=7,
    waiting=NeverAccepted(2, ("Nina Berg", "Omar Haddad")),
    weeks=_weeks(LINES),
    name="Alex Wilber",
)

WAITING = tuple(f"Guest {number}" for number in range(20))

GOES = AccountGoes("Contoso", ENDS.ends_at, over=False, deleted_at=ENDS.ends_at + timedelta(days=30))

SAMPLES = {
    "access_ends": Sample(access_ends.card, access_ends.text, ENDS),
    "access_ends_unknown_zone": Sample(
        access_ends.card, access_ends.text, replace(ENDS, contacts=(), zone_known=False)
    ),
    "access_ends_over": Sample(
        access_ends.card, access_ends.text, replace(ENDS, now=ENDS.ends_at + timedelta(hours=1))
    ),
    "access_ends_last": Sample(access_ends.card, access_ends.text, replace(ENDS, account=GOES)),
    "digest_waiting": Sample(digest.card, digest.text, replace(MINE, lines=(), weeks=())),
    "digest": Sample(digest.card, digest.text, MINE),
    "digest_many": Sample(digest.card, digest.text, replace(MINE, lines=MANY, weeks=_weeks(MANY), sponsored=40)),
    "digest_everything_waiting": Sample(
        digest.card,
        digest.text,
        replace(MINE, everything=True, sponsored=0, waiting=NeverAccepted(37, WAITING)),
    ),
    "digest_everything_only_waiting": Sample(
        digest.card,
        digest.text,
        replace(MINE, lines=(), weeks=(), everything=True, sponsored=0, waiting=NeverAccepted(37, WAITING)),
    ),
    "digest_everything": Sample(
        digest.card, digest.text, replace(MINE, everything=True, sponsored=0, waiting=NOBODY_WAITS)
    ),
}
