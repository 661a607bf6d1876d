"""`package new`: page by page or in one sentence, with every answer kept, whoever presses what and whenever."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import pytest

from sandbox import Server
from tests.journeys.stage import Bot, Stage, Teams, soon, until
from tests.journeys.wizarding import ANSWERED, APP, GENERAL, PARTNERS, READERS, STEPS, Wizard

_numbers = itertools.count(1)
SENTENCE = 'app:App4Guest role:"Default access" for:all-users approve:no requests:on days:14 timeline:yes review:no'


def fresh(name: str = "Wizard package") -> str:
    return f"{name} {next(_numbers)}"


def test_the_articles_package_is_described_page_by_page_and_reviewed_in_plain_words(stage: Stage) -> None:
    name = fresh()
    wizard = Wizard.opened(stage).to("review", name)

    said = wizard.shows(STEPS["review"]).words()

    assert name in said
    assert "App4Guest (application)\nDefault Access" in said
    assert "Everybody in this directory" in said
    assert "Approval\nnot needed" in said
    assert "14 days" in said
    assert f"Create the access package “{name}”" in said
    assert set(wizard.buttons()) == {"Create", "Back", "Change that page", "Cancel"}


def test_one_sentence_leads_to_the_same_review_as_the_pages(stage: Stage) -> None:
    name = fresh()
    paged = Wizard.opened(stage).to("review", name).shows(STEPS["review"]).words()

    spoken = Wizard.said(stage, f'"{name}" {SENTENCE}', STEPS["review"])

    assert spoken.words() == paged


def test_a_sentence_with_a_gap_opens_the_first_page_that_has_one_prefilled(stage: Stage) -> None:
    name = fresh()

    wizard = Wizard.said(stage, f'"{name}" app:App4Guest days:9', STEPS["requests"])

    assert "Problem" in wizard.words()
    wizard.next(audience="members")
    wizard.shows(STEPS["questions"]).next()
    wizard.shows(STEPS["lifecycle"])
    assert wizard.fields()["length"] == "9"
    wizard.press("Back")
    wizard.shows(STEPS["questions"])


def test_words_nobody_understands_are_named_with_what_they_may_have_meant(stage: Stage) -> None:
    wizard = Wizard.said(stage, f'"{fresh()}" {SENTENCE} aprove:no colour:blue', "Step")

    assert "colour" in wizard.words()
    assert "approve" in wizard.words()


@pytest.mark.parametrize(
    ("clauses", "said", "step"),
    [
        ("days:3 hours:5 timeline:yes", "“days:3” and “hours:5” contradict each other", "lifecycle"),
        ("days:3 timeline:yes timeline:no", "“timeline:yes” and “timeline:no” contradict each other", "lifecycle"),
        ("days:3 approve:no approver:adele@contoso.com", "“approver:adele@contoso.com” contradict", "requests"),
        ("days:3 hidden visible", "“hidden” and “visible” contradict each other", "basics"),
    ],
)
def test_a_contradiction_stops_at_the_page_where_it_is_settled(
    stage: Stage, clauses: str, said: str, step: str
) -> None:
    name = fresh()

    wizard = Wizard.said(stage, f'"{name}" app:App4Guest for:all-users {clauses}', said, STEPS[step])

    assert "Create" not in wizard.buttons()
    assert not [one for one in stage.state()["accessPackages"] if one["displayName"] == name]


def test_a_contradiction_typed_into_the_open_wizard_changes_nothing_of_what_it_is_about(stage: Stage) -> None:
    # Adele has no other wizard open, to which words typed at once could go.
    sentence = f'"{fresh()}" group:"Partner Readers" for:all-users days:14'
    wizard = Wizard.said(stage, sentence, STEPS["review"], who="adele")

    typed, said = "days:3 hours:5 timeline:yes", "“days:3” and “hours:5” contradict each other"
    until(lambda: stage.say("adele", typed) and _settled(wizard, said), what="the contradiction is told")

    wizard.shows(STEPS["lifecycle"]).press("Next")
    wizard.shows(STEPS["review"], "14 days")


def test_the_button_of_a_catalog_opens_the_wizard_in_that_catalog_and_the_card_stays(stage: Stage) -> None:
    card = stage.ask("alex", 'catalog "Partners"', "Catalog “Partners”")
    before = set(stage.cards("alex"))

    stage.press("alex", "New package", card=card)

    opened = Wizard(stage, "alex", stage.news("alex", before))
    if "Start anew" in opened.buttons():
        opened.press("Start anew")
    opened.shows(STEPS["basics"])
    assert opened.fields()["catalog"] == PARTNERS
    assert "Catalog “Partners”" in stage.words("alex", card)


def test_a_second_wizard_offers_to_go_on_with_the_first(stage: Stage) -> None:
    name = fresh()
    Wizard.opened(stage).to("requests", name)

    asked = Wizard(stage, "alex", stage.ask("alex", "package new", f"Go on with “{name}”", "Start anew"))
    asked.press(f"Go on with “{name}”")

    asked.shows(STEPS["requests"], name)


@pytest.mark.parametrize("typed", ["go on", "Go on with the draft"])
def test_typed_words_answer_the_question_and_the_wizard_comes_to_where_it_was_asked(stage: Stage, typed: str) -> None:
    old = Wizard.opened(stage)
    asked = Wizard(stage, "alex", stage.ask("alex", "package new", "Go on with the draft", "Start anew"))

    until(lambda: stage.say("alex", typed) and _settled(asked, STEPS["basics"]), what="the question is answered")

    old.shows("This card moved")
    assert "Next" not in old.buttons()


def test_anew_is_typed_as_well(stage: Stage) -> None:
    name = fresh()
    Wizard.opened(stage).to("resources", name)
    asked = Wizard(stage, "alex", stage.ask("alex", "package new", f"Go on with “{name}”", "Start anew"))

    until(lambda: stage.say("alex", "anew") and _settled(asked, STEPS["basics"]), what="the wizard begins")

    assert asked.fields()["name"] == ""


def test_cancel_takes_the_question_away_and_keeps_the_draft(stage: Stage) -> None:
    name = fresh()
    old = Wizard.opened(stage).to("requests", name)
    known = set(stage.cards("alex"))
    stage.execute("alex", {"verb": "package new", "v": 1}, card="")  # answered when the question listens
    asked = Wizard(stage, "alex", stage.news("alex", known, f"Go on with “{name}”", "Start anew"))

    stage.say("alex", "cancel")
    asked.shows("is kept")

    assert asked.buttons() == []
    assert name in old.words()


def test_to_start_anew_drops_the_draft_and_its_card_says_so(stage: Stage) -> None:
    old = Wizard.opened(stage).to("requests", fresh())
    asked = Wizard(stage, "alex", stage.ask("alex", "package new", "Start anew"))

    asked.press("Start anew")
    asked.shows(STEPS["basics"])
    old.next(**ANSWERED["requests"])

    assert asked.fields()["name"] == ""
    old.shows("This draft was cancelled")


def test_an_old_card_shows_the_present_page_and_overwrites_nothing(stage: Stage) -> None:
    name = fresh()
    old = Wizard.opened(stage)
    first = old.data("Next")
    old.to("requests", name)

    old.send({**first, "name": "Something else", "catalog": PARTNERS})

    old.shows(STEPS["requests"], "went on elsewhere", name)
    old.press("Back")
    old.shows(STEPS["resources"])


def test_next_pressed_twice_goes_one_page_on(stage: Stage) -> None:
    wizard = Wizard.opened(stage)
    data = {**wizard.fields(), **wizard.data("Next"), "name": fresh()}

    wizard.send(data)
    wizard.shows(STEPS["resources"])
    wizard.send(data)

    wizard.shows(STEPS["resources"], "went on elsewhere")


@pytest.mark.parametrize(
    "odd",
    [
        {"name": 7, "catalog": ["x"], "hidden": None},
        {"name": {"a": 1}, "stamp": 5},
        {"page": "nowhere", "name": "x"},
        {"page": 3, "goto": "nowhere", "pick": "-1"},
        {"name": "\u0000<script>", "description": "x" * 9000},
    ],
    ids=str,
)
def test_whatever_a_card_sends_is_answered_on_the_card(stage: Stage, odd: dict[str, Any]) -> None:
    wizard = Wizard.opened(stage)

    wizard.send({**wizard.data("Next"), **odd})

    wizard.shows("Step ")


@pytest.mark.parametrize("verb", ["package.next", "package.create", "package.drop", "package.continue"])
def test_nobody_gets_at_anothers_draft(stage: Stage, verb: str) -> None:
    name = fresh()
    mine = Wizard.opened(stage).to("requests", name)
    theirs = Wizard.opened(stage, "adele")

    theirs.send({**mine.data("Next"), "verb": verb, "name": "Stolen"})

    assert name not in theirs.shows("That draft is not yours").words()
    mine.press("Back")
    mine.shows(STEPS["resources"], name)


def test_a_draft_that_does_not_exist_is_refused_the_same_way(stage: Stage) -> None:
    wizard = Wizard.opened(stage)

    wizard.send({**wizard.data("Next"), "build": "build-none"})

    wizard.shows("That draft is not yours")


def test_cancel_ends_the_draft_and_writes_nothing(stage: Stage) -> None:
    name = fresh()
    wizard = Wizard.opened(stage).to("requests", name)

    wizard.press("Cancel")

    wizard.shows("Cancelled", "Nothing was written")
    stage.ask("alex", "next", "Help")
    assert name not in [one["displayName"] for one in stage.state()["accessPackages"]]


def test_back_keeps_what_was_typed(stage: Stage) -> None:
    wizard = Wizard.opened(stage).to("lifecycle", fresh())

    wizard.press("Back", length="many", timeline="yes")
    wizard.shows(STEPS["questions"])
    wizard.next()

    wizard.shows(STEPS["lifecycle"])
    assert (wizard.fields()["length"], wizard.fields()["timeline"]) == ("many", "yes")


def test_resources_are_added_with_roles_marked_when_they_join_the_catalog_and_removed(stage: Stage) -> None:
    wizard = Wizard.opened(stage).to("resources", fresh())
    readers = next(title for title, value in wizard.choices("add.group").items() if value == READERS)

    wizard.press("Add or update", **{"add.app": APP, "add.group": READERS})
    wizard.shows("App4Guest (application)", "Partner Readers (group or team)")

    assert readers == "Partner Readers (will be added to the catalog)"
    assert "Will be added to the catalog" in wizard.words()
    assert "Default Access" in wizard.choices("role.0")
    assert set(wizard.choices("role.1")) >= {"Member", "Owner"}
    wizard.press("Add or update", **{"role.1": wizard.choices("role.1")["Owner"], "remove.0": "yes"})
    until(lambda: "App4Guest (application)" not in wizard.words(), what="the application is gone")
    wizard.next()
    wizard.shows(STEPS["requests"])
    wizard.press("Back")
    wizard.shows(STEPS["resources"])
    assert wizard.fields()["role.0"].startswith("Owner")


def test_a_resource_is_found_by_the_name_somebody_types(stage: Stage) -> None:
    wizard = Wizard.opened(stage).to("resources", fresh())

    wizard.press("Add or update", **{"add.name": "project phoenix", "add.kind": "group"})

    wizard.shows("Project Phoenix (group or team)")


def test_questions_are_added_changed_and_removed(stage: Stage) -> None:
    wizard = Wizard.opened(stage).to("questions", fresh())

    asked = {"question.text": "Why?", "question.kind": "long", "question.required": "yes"}
    wizard.press("Add question", **asked, **{"question.translations": "de: Warum?"})
    wizard.shows("1. Why? (long text; must be answered)")
    wizard.press("Add question", **{"question.text": "Team?", "question.kind": "choice"})
    wizard.shows("give the choices")
    wizard.press("Save question", **{"question.choices": "Audit\nSales"})
    wizard.shows("2. Team? (one of several choices: Audit, Sales; may be left empty)")
    wizard.press("Change question", pick="0")
    wizard.shows("Question 1")
    assert wizard.fields()["question.translations"] == "de: Warum?"
    wizard.press("Remove question")
    wizard.shows("1. Team?")

    wizard.next()
    wizard.shows(STEPS["lifecycle"])


def test_stages_of_approval_appear_as_chosen_and_are_in_the_review(stage: Stage) -> None:
    wizard = Wizard.opened(stage).to("requests", fresh())

    wizard.next(audience="specific", approval="2")
    wizard.shows("Now name who can request it.", "Now say who approves in each stage.")
    assert "Problem" not in wizard.words()
    wizard.next(
        **{"targets": "Megan Bowen, Project Phoenix", "stage.0.approvers": "adele@contoso.com", "stage.0.days": "7"},
        **{"stage.1.approvers": "manager", "stage.1.fallbacks": "Alex Wilber"},
    )
    wizard.shows(STEPS["questions"]).next()
    wizard.shows(STEPS["lifecycle"]).next(**ANSWERED["lifecycle"])

    said = wizard.shows(STEPS["review"]).words()
    assert "Megan Bowen" in said
    assert "members of Project Phoenix" in said
    assert "decided by Adele Vance within 7 days" in said
    assert "Alex Wilber" in said


def test_a_page_is_reached_from_the_review_and_the_way_back_is_open(stage: Stage) -> None:
    wizard = Wizard.opened(stage).to("review", fresh()).shows(STEPS["review"])

    wizard.press("Change that page", goto="lifecycle")
    wizard.shows(STEPS["lifecycle"]).next(length="30")

    wizard.shows(STEPS["review"], "30 days")


def test_what_was_reviewed_is_created_once_however_often_create_is_pressed(stage: Stage) -> None:
    name = fresh()
    wizard = Wizard.opened(stage).to("review", name).shows(STEPS["review"])
    create, back = wizard.data("Create"), wizard.data("Back")

    wizard.send(create)
    wizard.send(create)
    wizard.shows("Created: the package is ready", name)
    wizard.send(back)

    wizard.shows("Created: the package is ready", name)
    assert len([one for one in stage.state()["accessPackages"] if one["displayName"] == name]) == 1
    asked = stage.ask("alex", "package new", "Step 1 of 6: Basics")
    assert name not in stage.words("alex", asked)


def test_a_client_that_only_submits_turns_the_pages_too(stage: Stage) -> None:
    name = fresh()
    wizard = Wizard.opened(stage)
    sent = {**wizard.fields(), **wizard.data("Next"), "name": name}

    stage.post(stage.activity("alex", value=sent, replyToId=wizard.card))

    wizard.shows(STEPS["resources"], name)


def test_when_entra_refuses_to_be_asked_the_draft_is_kept_and_gone_on_with(stage: Stage) -> None:
    name = fresh()
    wizard = Wizard.opened(stage)
    refusal = {"method": "GET", "path": "entitlementManagement/catalogs", "status": 403, "times": 3}
    stage.control("faults", {"rules": [refusal]})

    wizard.next(name=name)
    wizard.shows("That did not work", "Your draft is kept.")
    stage.control("faults", {"rules": []})
    wizard.press("Go on with the draft")

    wizard.shows(STEPS["basics"])
    assert wizard.fields()["name"] == name


@pytest.mark.parametrize(
    ("page", "wrong", "said"),
    [
        ("basics", {"name": ""}, "Give the access package a name."),
        ("basics", {"name": "x" * 257}, "Keep the name under 256 characters"),
        ("basics", {"name": "Invited users package"}, "has a package “Invited users package” already"),
        ("basics", {"name": "N", "catalog": "no such catalog"}, "There is no catalog"),
        ("resources", {"add.name": "No such app"}, "There is no application “No such app”"),
        ("resources", {"add.app": "not an id"}, "There is no application"),
        ("requests", {"audience": "martians"}, "Usher cannot make a policy for “martians”"),
        ("requests", {"approval": "1", "stage.0.approvers": "ben@fabrikam.com"}, "is a guest. An approver must belong"),
        ("requests", {"approval": "1", "stage.0.approvers": "Nobody Atall"}, "There is no person or group"),
        ("requests", {"approval": "1", "stage.0.approvers": "manager", "stage.0.days": "99"}, "days to decide, 1 to"),
        ("requests", {"approval": "1", "stage.0.approvers": ""}, "say who approves"),
        ("requests", {"audience": "specific", "targets": ""}, "Name the people or groups who may ask"),
        ("questions", {"question.text": "Q", "question.kind": "choice"}, "give the choices"),
        ("questions", {"question.text": "Q", "question.translations": "Warum?"}, "is no language"),
        ("lifecycle", {"ends": "days", "length": ""}, "Give a number of days"),
        ("lifecycle", {"ends": "days", "length": "-3"}, "Give a number of days"),
        ("lifecycle", {"ends": "hours", "length": "many"}, "Give a number of hours"),
        ("lifecycle", {"ends": "date", "until": "2001-01-01"}, "That day is over"),
        ("lifecycle", {"ends": "date", "until": "soon"}, "Give a date like"),
        ("lifecycle", {"length": "5", "extend": "approval"}, "nobody approves"),
        ("lifecycle", {"length": "5", "incompatible_packages": "No such"}, "There is no access package “No such”"),
        ("lifecycle", {"length": "5", "incompatible_groups": "No such"}, "There is no group “No such”"),
        ("lifecycle", {"length": "5", "review.frequency": "quarterly", "review.days": "500"}, "review can be open for"),
        ("lifecycle", {"length": "5", "review.frequency": "yearly", "review.reviewers": "ben@fabrikam.com"}, "guest"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_what_was_typed_stays(
    stage: Stage, page: str, wrong: dict[str, str], said: str
) -> None:
    wizard = Wizard.opened(stage).to(page, fresh("Wrong"))
    if page == "requests" and "approval" in wrong:
        wizard.next(approval=wrong["approval"])
        wizard.shows("Now say who approves")
    if page == "requests" and "targets" in wrong:
        wizard.next(audience=wrong["audience"])
        wizard.shows("Now name who can request it")

    wizard.next(**wrong)

    wizard.shows("✖ Problem", said, STEPS[page])
    kept = wizard.fields()
    assert all(kept[name] == value for name, value in wrong.items() if name in kept and value in ("7", "99", "many"))


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        (SENTENCE.replace("Default access", "Owner"), "has no role “Owner”"),
        (f"{SENTENCE} until:2001-01-01", "Step"),
        (f"{SENTENCE} " + " ".join(f'question:"Q{number}?"' for number in range(101)), "too many"),
        (
            SENTENCE.replace("approve:no", "stages:4 approver:adele@contoso.com"),
            "at most 3 approval stages",
        ),
    ],
    ids=["role", "two ends", "many questions", "four stages"],
)
def test_a_sentence_that_asks_for_too_much_is_told_so_on_the_page(stage: Stage, sentence: str, said: str) -> None:
    wizard = Wizard.said(stage, f'"{fresh()}" {sentence}', "Step")

    wizard.shows(said)


def test_a_name_that_means_several_becomes_a_choice_and_the_choice_is_kept(stage: Stage) -> None:
    wizard = Wizard.opened(stage).to("requests", fresh())
    wizard.next(approval="1")
    wizard.shows("Now say who approves")

    wizard.next(**{"stage.0.approvers": "a"})
    wizard.shows("Which “a” do you mean?")
    which = next(name for name in wizard.fields() if name.startswith("which."))
    adele = next(value for title, value in wizard.choices(which).items() if "Adele" in title)
    wizard.next(**{which: adele})

    wizard.shows(STEPS["questions"])
    wizard.press("Back")
    wizard.shows("Adele Vance <")


def test_names_with_markdown_and_html_are_shown_as_written(stage: Stage) -> None:
    name = f"*{fresh()}* <b>[x](http://evil.example)</b>"

    wizard = Wizard.opened(stage).to("review", name)

    assert name in wizard.shows(STEPS["review"]).words()


def test_the_wizard_is_turned_by_typing_alone(stage: Stage) -> None:
    name = fresh()
    wizard = Wizard.opened(stage)

    for typed, shown in (
        (f'"{name}" app:App4Guest', f"New access package: {name}"),
        ("next", STEPS["resources"]),
        ("next", STEPS["requests"]),
        ("back", STEPS["resources"]),
        ("lifecycle", STEPS["lifecycle"]),
        ("days:14 for:all-users timeline:yes", "14"),
        ("review", STEPS["review"]),
        ("days:21", "21 days"),
    ):
        until(lambda typed=typed, shown=shown: stage.say("alex", typed) and _settled(wizard, shown), what=typed)

    stage.ask("alex", "help", "What Usher does for you")
    stage.say("alex", "cancel")
    wizard.shows("Cancelled")


def _settled(wizard: Wizard, shown: str) -> bool:
    return soon(lambda: shown in wizard.words() or shown in wizard.fields().values())


def test_words_that_are_no_setting_go_past_the_wizard(stage: Stage) -> None:
    wizard = Wizard.opened(stage)

    stage.ask("alex", "good morning everybody", "did not understand")

    assert STEPS["basics"] in wizard.words()


def test_typed_words_never_reach_the_draft_of_somebody_else(stage: Stage) -> None:
    group = {"conversationType": "groupChat", "isGroup": True, "id": "19:wizards@thread.v2"}
    for who in ("alex", "adele"):
        stage.ask(who, "help", "What Usher does for you")

    mine, theirs = (Wizard.opened(stage, who, conversation=group) for who in ("alex", "adele"))
    until(lambda: stage.say("alex", '"Mine alone"') and _settled(mine, "New access package: Mine alone"))
    until(lambda: stage.say("adele", '"Hers alone"') and _settled(theirs, "New access package: Hers alone"))

    assert "Mine alone" in mine.words()
    assert "Hers alone" not in mine.words()


def test_in_a_channel_the_wizard_opens_in_the_own_chat(stage: Stage) -> None:
    channel = {"conversationType": "channel", "isGroup": True, "id": "19:wizard@thread.tacv2"}
    stage.ask("alex", "help", "What Usher does for you")

    wizard = Wizard.opened(stage, conversation=channel)

    assert STEPS["basics"] in wizard.words()
    said = until(lambda: str(stage.teams.chats.get("19:wizard@thread.tacv2") or ""), what="the channel is told")
    assert "I answered in our 1:1 chat" in said
    assert "Step 1" not in said


def test_who_may_build_nowhere_is_refused_with_the_roles_that_would_do(stage: Stage) -> None:
    said = stage.words("lee", stage.ask("lee", "package new", "You may not do that"))

    assert "Identity Governance Administrator" in said
    assert "Access package manager" in said


def test_a_package_manager_is_offered_their_own_catalog_and_what_is_in_it(stage: Stage) -> None:
    wizard = Wizard.opened(stage, "adele")

    assert wizard.choices("catalog") == {"Partners": PARTNERS}
    assert wizard.fields()["catalog"] == PARTNERS
    wizard.next(name=fresh("Partner"), catalog=GENERAL)
    wizard.shows("You may not create access packages in “General”")
    wizard.next(catalog=PARTNERS)
    wizard.shows(STEPS["resources"])
    assert wizard.choices("add.group") == {"Partner Readers": READERS}
    wizard.next(**{"add.name": "App4Guest"})
    wizard.shows("Not in the catalog “Partners” yet: “App4Guest”")


@pytest.fixture
def restarted(tenant: Server, teams: Teams, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A bot of its own, because it is stopped in the middle."""
    bot = Bot(tenant.url, tmp_path_factory.mktemp("restarted")).start()
    yield Stage(tenant.url, teams, bot)
    bot.stop()


@pytest.mark.timeout(150)
def test_a_draft_outlives_a_killed_bot_between_two_pages(restarted: Stage) -> None:
    name = fresh()
    wizard = Wizard.opened(restarted).to("requests", name)

    restarted.bot.kill()
    restarted.bot.start()
    restarted.say("alex", "next")
    wizard.shows(STEPS["questions"], name)
    wizard.next()

    wizard.shows(STEPS["lifecycle"], name)
