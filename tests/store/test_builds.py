from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot import errors
from bot.domain.building.blueprints import Blueprint, Named
from bot.domain.building.builds import Build, BuildState
from bot.domain.building.drafts import PackageDraft, QuestionWish, ResourceWish, StageWish
from bot.domain.building.resources import Resource, ResourceRole, Role, System
from bot.domain.building.subjects import Subject, SubjectKind
from bot.domain.building.terms import Frequency, Question, Review, Stage, Terms
from bot.domain.invites import Failure
from bot.domain.packages import Catalog, Expiration, Scope
from bot.domain.turns import Conversation, Place
from bot.store.database import Database
from bot.store.ledger import SqlLedger

NOW = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)
ADELE = Subject(SubjectKind.USER, "adele", "Adele Vance")
TERMS = Terms(
    name="Everybody",
    scope=Scope.ALL_USERS,
    stages=(Stage((ADELE,), alternates=(ADELE,), alternates_after=timedelta(days=7)),),
    questions=(Question("Why?"),),
    ends=Expiration(after=timedelta(hours=8)),
    review=Review(Frequency.QUARTERLY, (ADELE,), starts_at=NOW),
    modified_at=NOW,
)
BLUEPRINT = Blueprint(
    name="Invited *users*\x00",
    catalog=Catalog("general", "General"),
    roles=(ResourceRole(Resource(System.APPLICATION, "app", "App4Guest"), Role("0", "Default Access")),),
    policies=(TERMS,),
    incompatible_groups=(Named("group", "Readers"),),
)
BUILD = Build(
    id="build-1",
    owner_id="alex",
    owner_name="Alex Wilber",
    created_at=NOW,
    draft=PackageDraft(
        name="Invited users package",
        resources=(ResourceWish("app", "App4Guest"),),
        stages=(StageWish(("manager",)),),
        questions=(QuestionWish("Why?", translations=(("de", "Warum?"),)),),
        extensions=(("assignmentRequestCreated", "Tell the desk"),),
    ),
)


async def test_a_build_comes_back_as_it_was_stored(ledger: SqlLedger) -> None:
    await ledger.open_build(BUILD)
    whole = replace(
        BUILD,
        state=BuildState.FAILED,
        wanted=replace(BLUEPRINT, name="Invited *users*"),
        before=BLUEPRINT,
        failure=Failure("Entra refused this.", "InvalidModel", "policy 0", NOW),
        conversation=Conversation("a:1", Place.PERSONAL, "{}"),
        made={"package": "p1"},
    ).attempted("package")

    stored = await ledger.amend_build(BUILD.id, lambda _: whole)
    found = await ledger.build(BUILD.id)

    assert stored == whole
    assert found == whole


async def test_opening_a_build_twice_finds_the_first(ledger: SqlLedger) -> None:
    first = await ledger.open_build(BUILD)
    second = await ledger.open_build(replace(BUILD, owner_id="megan"))

    assert first == second == BUILD


async def test_a_build_of_another_tenant_stays_out_of_sight(ledger: SqlLedger, database: Database) -> None:
    foreign = SqlLedger(database, tenant_id="another")

    await foreign.open_build(BUILD)

    assert await ledger.build(BUILD.id) is None
    with pytest.raises(errors.NotFound):
        await ledger.amend_build(BUILD.id, lambda one: one)
    with pytest.raises(errors.NotFound):
        await ledger.open_build(BUILD)


async def test_several_builds_come_in_the_order_asked_for(ledger: SqlLedger) -> None:
    for build_id in ("one", "two"):
        await ledger.open_build(replace(BUILD, id=build_id))

    found = await ledger.builds(["two", "missing", "one"])

    assert [one.id for one in found] == ["two", "one"]


async def test_the_trail_of_a_package_is_newest_first_and_of_that_package_only(ledger: SqlLedger) -> None:
    for number, target in enumerate(("package-1", "package-2", "package-1")):
        at = NOW + timedelta(hours=number)
        await ledger.record(actor="alex", act=f"act {number}", target=target, result="done", key="k", at=at)

    found = await ledger.trail("package-1", limit=5)

    assert [(one.act, one.at) for one in found] == [("act 2", NOW + timedelta(hours=2)), ("act 0", NOW)]


async def test_the_first_build_to_say_so_made_the_package(ledger: SqlLedger) -> None:
    said = [await ledger.made_by("package-1", build) for build in ("build-1", "build-2", "build-1")]

    assert said == ["build-1", "build-1", "build-1"]
    assert await ledger.made_by("package-2", "build-2") == "build-2"


async def test_open_drafts_are_ones_own_neither_built_nor_dropped_newest_first(ledger: SqlLedger) -> None:
    for number, (owner, state) in enumerate(
        (("lee", BuildState.DRAFT), ("lee", BuildState.DRAFT), ("lee", BuildState.DROPPED), ("megan", BuildState.DRAFT))
    ):
        at = NOW + timedelta(hours=number)
        await ledger.open_build(replace(BUILD, id=f"{owner}-{number}", owner_id=owner, state=state, created_at=at))

    found = await ledger.open_drafts("lee")

    assert [one.id for one in found] == ["lee-1", "lee-0"]


async def test_a_change_of_a_package_is_no_open_draft_of_a_new_one(ledger: SqlLedger) -> None:
    before = Blueprint("Kept", Catalog("c", "General"), id="p")
    await ledger.open_build(replace(BUILD, id="new", owner_id="lee", before=None, created_at=NOW))
    await ledger.open_build(replace(BUILD, id="change", owner_id="lee", before=before, created_at=NOW))

    found = await ledger.open_drafts("lee")

    assert [one.id for one in found] == ["new"]


@pytest.mark.parametrize(
    "changed",
    [
        replace(BUILD, page="review"),
        replace(BUILD, state=BuildState.BUILDING),
        replace(BUILD, draft=replace(BUILD.draft, name="Other")),
    ],
)
async def test_the_stamp_of_a_build_tells_its_drafts_apart_and_outlives_the_store(
    ledger: SqlLedger, changed: Build
) -> None:
    await ledger.open_build(BUILD)
    found = await ledger.build(BUILD.id)

    assert found is not None
    assert found.stamp == BUILD.stamp
    assert changed.stamp != BUILD.stamp
    assert replace(BUILD, turn="k", updated_at=NOW).stamp == BUILD.stamp
