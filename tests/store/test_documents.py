import json
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as some

from bot.domain.ends import Ends
from bot.domain.invites import Failure, Invite, Milestone, Way, Wish
from bot.store.documents import from_document, to_document

moments = some.datetimes(timezones=some.sampled_from([UTC, timezone(timedelta(hours=-3))]))
ends = some.one_of(
    some.builds(Ends), some.builds(Ends, days=some.integers(1, 3660)), some.builds(Ends, on=some.dates())
)
words = some.text(max_size=20)
wishes = some.builds(Wish, address=words, way=some.sampled_from(Way), ends=ends, message=words, justification=words)
failures = some.none() | some.builds(Failure, text=words, code=words, step=words, at=some.none() | moments)
invites = some.builds(
    Invite,
    id=words,
    wish=wishes,
    created_at=moments,
    ends_at=some.none() | moments,
    governed=some.sampled_from([None, True, False]),
    milestones=some.dictionaries(some.sampled_from(Milestone), moments),
    attempts=some.lists(words).map(tuple),
    failure=failures,
    next_look_at=some.none() | moments,
    updated_at=some.none() | moments,
)


@given(invites)
def test_an_invite_survives_its_trip_through_json(invite: Invite) -> None:
    assert from_document(json.loads(json.dumps(to_document(invite)))) == invite


def test_what_an_older_usher_wrote_is_completed_with_defaults() -> None:
    document = {"id": "1", "wish": {"address": "a@b.c"}, "asked_by": "x", "asked_by_name": "X",
                "created_at": "2026-01-01T00:00:00+00:00"}  # fmt: skip

    invite = from_document(document)

    assert invite == Invite("1", Wish("a@b.c"), "x", "X", datetime(2026, 1, 1, tzinfo=UTC))


def test_what_a_newer_usher_wrote_is_read_without_what_is_unknown() -> None:
    invite = Invite("1", Wish("a@b.c"), "x", "X", datetime(2026, 1, 1, tzinfo=UTC))
    document = to_document(invite)

    document |= {"later": 1, "milestones": {"teleported": "2026-01-01T00:00:00+00:00"}}
    document["wish"]["later"] = {}

    assert from_document(document) == invite
