"""Whatever body access reviews are sent, it is taken or refused as Graph refuses, and time goes on."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.errors import GraphError
from sandbox.permissions import Caller
from sandbox.reviews.access import ROOT
from sandbox.routes import Call, dispatch
from sandbox.seed.packages import INVITED
from sandbox.seed.people import ADELE, BEN
from sandbox.world import World
from tests.sandbox.reviews.conftest import POLICY, body

IDS = [ADELE, BEN, INVITED, POLICY]
WORDS = ["Approve", "Deny", "DontKnow", "MicrosoftGraph", "./manager", "decisions", f"/users/{ADELE}", "2026-13-41"]
NAMES = """displayName scope query queryType queryRoot reviewers fallbackReviewers settings instanceDurationInDays
    recurrence pattern range type interval startDate decision justification principalId resourceId
    defaultDecisionEnabled defaultDecision autoApplyDecisionsEnabled @odata.type""".split()
SCALARS = st.none() | st.booleans() | st.integers(-3, 10**12) | st.text(max_size=6) | st.sampled_from(IDS + WORDS)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4),
    max_leaves=8,
)
LIKELY = st.builds(
    lambda more, inner: {**body(), **more, "settings": {**body()["settings"], **inner}},
    st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=2),
    st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=3),
)
PATHS = ["", "/{id}", "/{id}/instances/{instance}/batchRecordDecisions", "/{id}/instances/{instance}/decisions/{item}"]


def call(world: World, method: str, path: str, sent: object, user: str | None) -> None:
    caller = Caller("delegated" if user else "app", "app", user, frozenset({"AccessReview.ReadWrite.All"}))
    dispatch(Call(world, method, path, {}, {}, sent, caller, {}, "https://graph.microsoft.com/v1.0"))


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(PATHS), st.sampled_from(["POST", "PUT", "PATCH"]), VALUES | LIKELY, st.sampled_from([None, ADELE])
)
def test_any_body_is_taken_or_refused_and_time_goes_on(path: str, method: str, sent: object, user: str | None) -> None:
    world = World({"deliverySeconds": 0, "replicationSeconds": 0})
    call(world, "POST", ROOT, body(), None)
    world.settle()
    (definition,) = world.tables["accessReviewDefinitions"]
    (instance,) = world.tables["accessReviewInstances"]
    (item,) = world.tables["accessReviewDecisions"]

    # Anything else than Graph's own refusal fails the test.
    with suppress(GraphError):
        call(world, method, ROOT + path.format(id=definition, instance=instance, item=item), sent, user)

    world.clock.advance(timedelta(days=400))
    world.settle()
    assert instance in world.tables["accessReviewInstances"]


@pytest.mark.parametrize("text", ["not a day", "2026-99-99"])
def test_a_start_that_is_no_day_is_refused(text: str) -> None:
    world = World({"deliverySeconds": 0, "replicationSeconds": 0})
    odd = body(recurrence={"pattern": None, "range": {"type": "endDate", "startDate": text}})

    with pytest.raises(GraphError):
        call(world, "POST", ROOT, odd, None)

    assert not world.tables["accessReviewDefinitions"]
