"""Access packages as files: written, downloaded, compared with the tenant, applied."""

from __future__ import annotations

import os
import re
from typing import Any

import pytest

from tests.journeys.building import packages, policies
from tests.journeys.filing import package, planned, together
from tests.journeys.stage import Stage, actions, readable, until

CONSENT = "application/vnd.microsoft.teams.card.file.consent"
INFO = "application/vnd.microsoft.teams.card.file.info"
EM = "/identityGovernance/entitlementManagement"


def text_of(content: dict[str, Any]) -> str:
    """The file on a card, as somebody would copy it."""
    if content.get("type") == "Input.Text" and content.get("id") == "file_text":
        return str(content["value"])
    for part in content.values():
        for one in part if isinstance(part, list) else [part]:
            found = text_of(one) if isinstance(one, dict) else ""
            if found:
                return found
    return ""


def exported(stage: Stage, name: str, *, who: str = "alex") -> str:
    """The text of an exported package."""
    card = stage.ask(who, f'package export "{name}"', name, "select all of it and copy")
    return text_of(stage.card(who, card))


def offers(stage: Stage, who: str = "alex") -> dict[str, dict[str, Any]]:
    """Offered files that stand in a person's chat: activity id -> attachment."""
    chat = stage.teams.chats.get(f"a:1{who}", {})
    found = {name: one["attachments"][0] for name, one in list(chat.items()) if one.get("attachments")}
    return {name: one for name, one in found.items() if one["contentType"] == CONSENT}


def answer(stage: Stage, card: str, offer: dict[str, Any], action: str, *, url: str = "", who: str = "alex") -> None:
    """Accept or decline an offered file as Teams does."""
    context = offer["content"]["acceptContext" if action == "accept" else "declineContext"]
    upload = {
        "uploadUrl": url or stage.teams.file_url("saved"),
        "contentUrl": "https://contoso-my.sharepoint.com/personal/alex/Documents/saved.yaml",
        "uniqueId": "1150D938",
        "name": offer["name"],
        "fileType": "yaml",
    }
    value = {"type": "fileUpload", "action": action, "context": context}
    invoke = stage.activity(
        who,
        type="invoke",
        name="fileConsent/invoke",
        value={**value, "uploadInfo": upload} if action == "accept" else value,
        replyToId=card,
    )
    status, body = stage.post(invoke)
    assert (status, body) == (200, {})


def offered(stage: Stage, words: str, *, who: str = "alex") -> tuple[str, dict[str, Any]]:
    """The file that is offered for a sentence, with the activity it stands in."""
    before = set(offers(stage, who))
    stage.say(who, words)

    def find() -> tuple[str, dict[str, Any]] | None:
        fresh = {name: one for name, one in offers(stage, who).items() if name not in before}
        return next(iter(fresh.items()), None)

    found: tuple[str, dict[str, Any]] = until(find, what="a file is offered")
    return found


def apply(stage: Stage, text: str, name: str) -> None:
    """The text is applied, and the tenant has its package."""
    card = planned(stage, text, name)
    stage.press("alex", "Apply", card=card)
    stage.shown("alex", name, "Created: the package is ready")
    settle(stage, text)


def settle(stage: Stage, text: str) -> None:
    """What was just written is known everywhere in the directory: it reads as the file says."""

    def is_known() -> bool:
        card = stage.ask("alex", f"package diff\n{text}", "The file beside the tenant")
        return "The same: 1" in stage.words("alex", card)

    until(is_known, what="the directory knows what was written")


def writes(stage: Stage) -> int:
    """Writes to entitlement management so far, look-ups aside."""
    return sum(
        one["method"] != "GET" and "/entitlementManagement" in one["url"] and "$batch" not in one["url"]
        for one in stage.requests()
    )


def test_a_package_is_written_as_a_text_people_can_read(stage: Stage) -> None:
    text = exported(stage, "Invited users package")

    assert "usher: 1" in text
    assert "name: Invited users package" in text
    assert "app: App4Guest" in text
    assert "role: Default Access" in text
    assert "ends: 14 days" in text
    assert "99999999" not in text


def test_in_a_chat_the_file_is_offered_and_saved_where_teams_says(stage: Stage) -> None:
    card, offer = offered(stage, 'package export "Invited users package"')

    answer(stage, card, offer, "accept")

    saved = until(lambda: stage.teams.files.get("saved"), what="the file is saved")
    assert offer["name"] == "invited-users-package.yaml"
    assert offer["content"]["sizeInBytes"] == len(saved)
    method, _, headers = stage.teams.file_calls[-1]
    assert (method, headers["Content-Range"]) == ("PUT", f"bytes 0-{len(saved) - 1}/{len(saved)}")
    assert "Authorization" not in headers
    until(lambda: stage.teams.chats["a:1alex"][card]["attachments"][0]["contentType"] == INFO, what="the file is shown")


def test_no_thanks_to_a_file_leaves_the_text_and_saves_nothing(stage: Stage) -> None:
    stage.teams.files.clear()
    card, offer = offered(stage, 'package export "Invited users package"')

    answer(stage, card, offer, "decline")

    until(lambda: "No file was saved" in readable(stage.cards("alex")[card]), what="the decline is confirmed")
    assert stage.teams.files == {}


@pytest.mark.parametrize(
    "url", ["https://evil.example/up", "http://169.254.169.254/latest", "http://[::ffff:127.0.0.1]/x"]
)
def test_nobody_can_make_usher_put_a_file_elsewhere(stage: Stage, url: str) -> None:
    card, offer = offered(stage, 'package export "Invited users package"')

    answer(stage, card, offer, "accept", url=url)

    until(lambda: "did not follow it" in readable(stage.cards("alex")[card]), what="the refusal is told")


def test_in_a_channel_the_text_is_on_the_card_and_no_file_is_offered(stage: Stage) -> None:
    talk = {"conversationType": "channel", "id": f"19:files-{os.getpid()}@thread.tacv2"}

    stage.say("alex", 'package export "Invited users package"', conversation=talk)

    chat = until(lambda: stage.teams.chats.get(talk["id"]), what="an answer in the channel")
    until(lambda: "select all of it and copy" in readable(list(chat.values())), what="the text")
    assert CONSENT not in str(chat)


def test_everything_is_exported_and_applying_it_finds_nothing_to_do(stage: Stage) -> None:
    card, offer = offered(stage, "package export all")
    answer(stage, card, offer, "accept")
    until(lambda: stage.teams.chats["a:1alex"][card]["attachments"][0]["contentType"] == INFO, what="the file is saved")
    text = stage.teams.files["saved"].decode()
    count = text.count("\n  - name: ")

    plan = stage.ask("alex", "package apply", "What applying", **stage.attached("all.yaml", text))

    assert count == len(stage.state()["accessPackages"]) >= 3
    assert f"Nothing to do: {count}" in stage.words("alex", plan)
    assert "Apply" not in stage.titles("alex", plan)


def test_a_file_makes_a_package_as_it_says_and_twice_changes_nothing(stage: Stage) -> None:
    name, text = package(stage)
    card = planned(stage, f"```yaml\n{text}```", f"Create: {name}", "Opens App4Guest: Default Access")

    stage.press("alex", "Apply", card=card)
    stage.shown("alex", name, "Created: the package is ready")

    made = packages(stage, name)
    assert [one["description"] for one in made] == ["For the audit"]
    assert policies(stage, made[0]["id"]) == ["Initial Policy"]
    settle(stage, text)
    again = planned(stage, text, "Nothing to do")
    assert stage.titles("alex", again) == []


def test_a_change_is_shown_in_words_and_only_then_written(stage: Stage) -> None:
    name, text = package(stage)
    apply(stage, text, name)
    before = writes(stage)

    card = planned(stage, text.replace("14 days", "30 days"), f"Change: {name}", "14 days", "30 days")

    assert writes(stage) == before
    stage.press("alex", "Apply", card=card)
    stage.shown("alex", name, "Changed: everything is as you asked")
    until(lambda: "ends: 30 days" in exported(stage, name), what="the end is as the file says")


def test_what_gives_pause_is_said_before_anything_is_written(stage: Stage) -> None:
    name, text = package(stage, ends="never")

    card = planned(stage, text, f"Create: {name}", "Worth a look:", "never ends")

    assert "Apply" in stage.titles("alex", card)


def test_apply_pressed_twice_is_one_build(stage: Stage) -> None:
    name, text = package(stage)
    card = planned(stage, text, name)
    press = next(one for one in actions(stage.card("alex", card)) if one["title"] == "Apply")

    for _ in range(2):
        stage.execute("alex", press["data"], card=card)

    stage.shown("alex", name, "Created: the package is ready")
    assert len(packages(stage, name)) == 1


def test_several_packages_are_followed_on_one_overview(stage: Stage) -> None:
    (one, first), (other, second) = package(stage), package(stage)
    text = together(first, second)
    card = planned(stage, text, one, other, "Create: 2")

    stage.press("alex", "Apply", card=card)

    view = stage.shown("alex", "Applying the file", one, other)
    until(lambda: packages(stage, one) and packages(stage, other), what="both are made")
    stage.shown("alex", one, "Created: the package is ready")
    stage.shown("alex", other, "Created: the package is ready")
    until(lambda: "In order: 2 of 2 packages done" in stage.words("alex", view), what="the overview follows by itself")
    assert stage.titles("alex", view) == [f"Show {one}", f"Show {other}"]


def test_the_overview_of_a_file_ends_with_what_stopped_and_resume_goes_on_with_it(stage: Stage) -> None:
    (one, first), (other, second) = package(stage), package(stage)
    text = together(first, second)
    card = planned(stage, text, one, other, "Create: 2")
    rule = {"method": "POST", "path": "/assignmentPolicies$", "status": 400, "times": 1}
    stage.control("faults", {"rules": [rule]})

    stage.press("alex", "Apply", card=card)

    view = stage.shown("alex", "Problem: 1 of 2 packages done, 1 stopped", "stopped at: Create the assignment policy")
    assert stage.titles("alex", view)[0] == "Resume"
    stage.press("alex", "Resume", card=view)
    until(lambda: "In order: 2 of 2 packages done" in stage.words("alex", view), what="it is all done", seconds=30)
    assert packages(stage, one)
    assert packages(stage, other)


def test_what_a_file_does_not_name_stays(stage: Stage) -> None:
    name, text = package(stage)
    apply(stage, text, name)
    less = f"name: {name}\ndescription: Changed\nresources: []\npolicies: []\n"

    card = planned(stage, less, f"Change: {name}")
    stage.press("alex", "Apply", card=card)
    stage.shown("alex", name, "Changed: everything is as you asked")

    settle(stage, text.replace("For the audit", "Changed"))


def test_a_policy_goes_only_when_the_file_says_so(stage: Stage) -> None:
    name, text = package(stage)
    more = f"{text}      - name: Second\n        for: admins-only\n        ends: never\n"
    apply(stage, more, name)

    card = planned(stage, f"{text}      - name: Second\n        remove: yes\n", f"Change: {name}")
    stage.press("alex", "Apply", card=card)
    stage.shown("alex", name, "Changed: everything is as you asked")

    until(
        lambda: policies(stage, packages(stage, name)[0]["id"]) == ["Initial Policy"], what="the second policy is gone"
    )


def test_someone_who_changed_the_package_meanwhile_is_not_overwritten(stage: Stage) -> None:
    name, text = package(stage)
    apply(stage, text, name)
    card = planned(stage, text.replace("For the audit", "Mine"), f"Change: {name}")
    made = packages(stage, name)[0]
    stage.graph("PATCH", f"{EM}/accessPackages/{made['id']}", {"description": "Theirs"})

    stage.press("alex", "Apply", card=card)

    until(lambda: "Something changed since you looked" in stage.words("alex", card), what="the plan is shown anew")
    assert "Theirs" in stage.words("alex", card)
    assert packages(stage, name)[0]["description"] == "Theirs"


def test_a_file_is_compared_without_being_applied(stage: Stage) -> None:
    name, text = package(stage)
    apply(stage, text, name)
    changed = text.replace("14 days", "30 days").replace("usher: 1", "usher: 1\ntime-zone: Europe/Berlin")

    card = stage.ask("alex", "package diff", "The file beside the tenant", **stage.attached("a.yaml", changed))

    words = stage.words("alex", card)
    assert f"Differs: {name}" in words
    assert re.search(r"tenant: .*\b14 days.* · file: .*\b30 days", words)
    assert stage.titles("alex", card) == []


def test_what_is_only_in_the_tenant_is_named(stage: Stage) -> None:
    text = "name: Nobody has this yet\ncatalog: General\npolicies:\n  - for: members\n    ends: 3 days\n"

    card = stage.ask("alex", f"package diff\n{text}", "The file beside the tenant")

    words = stage.words("alex", card)
    assert "Only in the file: Nobody has this yet" in words
    assert "Only in the tenant:" in words
    assert "Invited users package" in words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('name: "Partners', ("Line 1, column 7", "a quote that is never closed", 'In the file: name: "Partners')),
        ("a: &x [1]\nb: *x", ("Line 1, column 4", "Anchors and aliases")),
        ("name: !!python/object/apply:os.system [id]", ("Line 1, column 7", "Tags (!)")),
        ("name: a\nname: b", ("Line 2, column 1", "a second time")),
        ("name: a\n---\nname: b", ("Line 2, column 1", "A second document")),
        ("name: a\ncatalogue: General", ("Line 2, column 1", "did you mean “catalog”?")),
        ("name: a\npolicies:\n  - questions: 3\n    ends: soon", ("Line 4, column 11", "14 days")),
        ("time-zone: Mars/Base\npackages:\n  - name: a", ("no time zone “Mars/Base”",)),
    ],
)
def test_a_file_that_cannot_be_read_says_where_and_why(stage: Stage, text: str, words: tuple[str, ...]) -> None:
    card = stage.ask("alex", f"package apply\n{text}", "This file cannot be read", *words)

    assert stage.titles("alex", card) == []


def test_what_the_tenant_does_not_know_is_led_back_to_its_line(stage: Stage) -> None:
    name, text = package(stage)
    wrong = text.replace("approval: no", "approval:\n          - approvers: [Nobody Atall]")

    card = planned(stage, wrong, f"Problem: {name}", "Line 12, column 25", "In the file: - approvers: [Nobody Atall]")

    assert "Apply" not in stage.titles("alex", card)


def test_a_name_of_several_meanings_in_a_further_policy_is_chosen_from_a_list(stage: Stage) -> None:
    name, text = package(stage)
    second = """      - name: Second
        for: members
        approval:
          - approvers: [A]
        ends: 14 days
"""
    card = planned(stage, text + second, f"Problem: {name}", "may mean", "What is “A”?")
    assert "Apply" not in stage.titles("alex", card)
    adele = "44444444-4444-4444-8444-444444444442"

    stage.press("alex", "Use these", card=card, inputs={"pick.0": adele})
    until(lambda: "Apply" in stage.titles("alex", card), what="it can be applied")
    stage.press("alex", "Apply", card=card)

    stage.shown("alex", name, "Created: the package is ready")
    made = packages(stage, name)[0]["id"]
    rows = stage.state()["assignmentPolicies"]
    second_policy = next(one for one in rows if one["accessPackage"]["id"] == made and one["displayName"] == "Second")
    assert adele in str(second_policy["requestApprovalSettings"])


def test_a_text_longer_than_any_sentence_is_read(stage: Stage) -> None:
    _, text = package(stage)
    long = "# " + "x" * 9000 + "\n" + text

    card = planned(stage, long, "Create")

    assert "Apply" in stage.titles("alex", card)


def test_a_file_that_teams_does_not_hand_out_any_more_is_asked_for_again(stage: Stage) -> None:
    sent = stage.attached("gone.yaml", "name: x")
    del stage.teams.files["gone.yaml"]

    stage.ask("alex", "package apply", "The link to this file is over", **sent)


def test_a_file_from_elsewhere_is_not_fetched(stage: Stage) -> None:
    sent = stage.attached("a.yaml", "name: x")
    sent["attachments"][1]["content"]["downloadUrl"] = "https://evil.example/a.yaml"

    stage.ask("alex", "package diff", "did not follow it", **sent)


def test_a_file_alone_is_asked_about(stage: Stage) -> None:
    stage.ask("alex", "", "What shall I do with this file?", **stage.attached("a.yaml", "name: x"))


def test_without_a_file_the_way_to_send_one_is_told(stage: Stage) -> None:
    stage.ask("alex", "package apply", "Where is the file?", "package export")


def test_who_may_build_in_no_catalog_may_export_but_not_apply(stage: Stage) -> None:
    text = exported(stage, "Invited users package", who="megan")

    stage.ask("megan", f"package apply\n{text}", "You may not do that")
    stage.ask("lee", 'package export "Invited users package"', "You may not do that")


def test_a_package_manager_applies_in_their_catalog_only(stage: Stage) -> None:
    text = exported(stage, "Invited users package").replace("ends: 14 days", "ends: 15 days")

    card = stage.ask("adele", f"package apply\n{text}", "What applying this file would do")

    assert "Not allowed: Invited users package" in stage.words("adele", card)
    assert "Apply" not in stage.titles("adele", card)


def test_nobody_applies_a_file_somebody_else_sent(stage: Stage) -> None:
    name, text = package(stage)
    card = planned(stage, text, name)
    press = next(one for one in actions(stage.card("alex", card)) if one["title"] == "Apply")

    stage.execute("adele", press["data"], card="")

    stage.shown("adele", "This is not your file")
    assert packages(stage, name) == []
