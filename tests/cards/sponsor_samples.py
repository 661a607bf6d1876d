"""Guests handed over, blocked and given back, and lists of guests somebody answers for."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.domain import guest_runs
from bot.domain.guest_runs import GuestRun, Item, ItemState, RunKind
from bot.domain.outcomes import GuestsGiven, Press, RunShown, SponsoredGuest, SponsoredGuests
from bot.domain.people import Person, Redemption
from cards import guest_run, guests_given, sponsored_guests
from tests.cards.sample import Sample

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ITEMS = tuple(
    Item(f"55555555-5555-4555-8555-55555555555{number}", name, f"{name.split()[0].lower()}@fabrikam.com")
    for number, name in enumerate(["Ana Silva", "Ben Ortiz", "Carla Diaz", "Dan Kim"], 1)
)
BEGUN = GuestRun(
    id="0d5b2f5e-0000-5000-8000-000000000001",
    kind=RunKind.HANDOVER,
    by_id="33333333-3333-4333-8333-333333333333",
    by_name="Alex Wilber",
    begun_at=NOW,
    items=ITEMS,
    key="turn",
    giver_id="44444444-4444-4444-8444-444444444443",
    giver_name="Lee Gu",
    taker_id="44444444-4444-4444-8444-444444444442",
    taker_name="Adele Vance",
)


def _settled(run: GuestRun, *states: ItemState) -> GuestRun:
    notes = {ItemState.SKIPPED: "Lee Gu no longer answers for them.", ItemState.FAILED: "Microsoft Entra refused this."}
    for item, state in zip(run.items, states, strict=False):
        run = run.with_item(item.settled(state, NOW, notes.get(state, "")))
    return run


DONE = replace(_settled(BEGUN, *[ItemState.DONE] * 4), told="told", settled_at=NOW)
HALF = _settled(BEGUN, ItemState.DONE, ItemState.SKIPPED)
FAILED = replace(
    _settled(BEGUN, ItemState.DONE, ItemState.SKIPPED, ItemState.FAILED, ItemState.DONE), told="not reached"
)
BACK = _settled(
    guest_runs.back(DONE, by_id=DONE.taker_id, by_name=DONE.taker_name, at=NOW, key="t2"), *[ItemState.DONE] * 4
)
BLOCKED = replace(DONE, kind=RunKind.BLOCK, giver_id="", giver_name="", taker_id="", taker_name="", told="")
RUNS = {
    "begun": BEGUN,
    "half": HALF,
    "done": DONE,
    "failed": FAILED,
    "undone": replace(DONE, undone_by="Megan Bowen"),
    "blocked": BLOCKED,
}
GUESTS = tuple(
    SponsoredGuest(
        Person(
            item.guest_id,
            item.name,
            item.address,
            is_guest=True,
            enabled=number != 3,
            redemption=Redemption.PENDING if number == 1 else Redemption.ACCEPTED,
            redeemed_at=None if number == 1 else NOW - timedelta(days=90),
            created_at=NOW - timedelta(days=100),
        ),
        NOW + timedelta(days=4) if number == 2 else None,
        "Invited users package" if number == 2 else "",
    )
    for number, item in enumerate(ITEMS)
)
COUNTS = {"accepted": 2, "pending": 1, "blocked": 1, "soon": 1}
PRESSES = (Press("Hand over all…", "handover", {"giver": BEGUN.giver_id}), Press("Guests with nobody", "sponsors"))
MINE = SponsoredGuests(GUESTS, COUNTS, 4, NOW, time_zone="Europe/Berlin", presses=PRESSES)
SAMPLES = (
    {f"guest-run-{name}": Sample(guest_run.card, guest_run.text, RunShown(run)) for name, run in RUNS.items()}
    | {
        "guests-given": Sample(guests_given.card, guests_given.text, GuestsGiven(DONE)),
        "guests-given-one": Sample(guests_given.card, guests_given.text, GuestsGiven(HALF)),
        "guests-given-back": Sample(guests_given.card, guests_given.text, GuestsGiven(BACK)),
    }
    | {
        "sponsored-guests": Sample(sponsored_guests.card, sponsored_guests.text, MINE),
        "sponsored-guests-none": Sample(
            sponsored_guests.card, sponsored_guests.text, replace(MINE, guests=(), counts={}, total=0, whose="nobody")
        ),
    }
)
