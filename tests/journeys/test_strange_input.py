"""Whatever is typed or sent gets an answer in plain words; nothing is half-written and nothing answers 5xx."""

from __future__ import annotations

from typing import Any

import pytest

from tests.journeys.stage import Stage, readable, until

SIGNATURE = """Kind regards

Ana Silva | Fabrikam
T +351 000 | ana.silva@fabrikam.com
This message is confidential."""


def answered(stage: Stage, who: str, text: str) -> str:
    """What the one new card says."""
    before = set(stage.cards(who))
    stage.say(who, text)
    fresh = until(lambda: set(stage.cards(who)) - before, what=f"an answer to {text[:30]!r}")
    return readable(stage.cards(who)[max(fresh)])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "🎉🎉",
        "x" * 10_000,
        "<div><b>invite</b></div>",
        SIGNATURE,
        "\x00\x00",
        "invite\x00",
        "%s %n {0}",
        "'; drop table invites; --",
    ],
    ids=["empty", "blank", "emoji", "10 kB", "HTML", "signature", "null bytes", "null byte", "formats", "SQL"],
)
def test_strange_words_get_an_answer(stage: Stage, text: str) -> None:
    said = answered(stage, "megan", text)

    assert said
    assert "Traceback" not in said


def test_ten_kilobytes_behind_a_verb_are_refused_with_a_reason(stage: Stage) -> None:
    said = answered(stage, "megan", "invite " + "a" * 10_000)

    assert "too long" in said


@pytest.mark.parametrize(
    "typed", ["<{0}>", "Ana Silva <{0}>", "[{0}](mailto:{0})", "mailto:{0}", "{0}.", '"Silva, Ana" <{0}>', "{0}\x00"]
)
def test_an_address_is_read_out_of_what_surrounds_it(stage: Stage, typed: str) -> None:
    address = stage.fresh("typed")

    stage.say("alex", f'invite {typed.format(address)} to "Invited users package"')

    stage.shown("alex", address, "Copy link")


def test_letters_that_only_look_latin_are_named_and_nobody_is_invited(stage: Stage) -> None:
    stage.say("alex", 'invite аna@fabrikam.com to "Invited users package"')
    stage.shown("alex", "only look like ordinary letters", "Justification")

    invited = {one["invitedUserEmailAddress"] for one in stage.state()["invitations"]}
    assert invited.isdisjoint({"аna@fabrikam.com", "ana@fabrikam.com"})


@pytest.mark.parametrize(
    "value",
    [
        {"verb": 7},
        {"verb": ["revoke.yes"]},
        {"verb": "invite.submit", "addresses": {"a": 1}, "package": 5, "days": [1]},
        {"verb": "revoke.yes", "invite": {"$gt": ""}},
        {"verb": "retry", "invite": 17},
        {"verb": "guests", "state": None},
        {"verb": "from an older version", "v": 0},
        {"nothing": "known"},
        {"verb": "invite.submit", "addresses": "x" * 100_000},
    ],
    ids=lambda value: str(value)[:40],
)
def test_card_values_of_any_shape_get_an_answer(stage: Stage, value: dict[str, Any]) -> None:
    for kind in ({"type": "message", "value": value}, _invoke(value)):
        before = set(stage.cards("alex"))
        status, body = stage.post(stage.activity("alex", **kind, replyToId="m-none"))

        assert status in (200, 201)
        if kind["type"] == "invoke":
            assert body["statusCode"] in (200, 400)
        else:
            until(lambda before=before: set(stage.cards("alex")) - before, what=f"an answer to {str(value)[:60]}")


def _invoke(value: dict[str, Any]) -> dict[str, Any]:
    action = {"type": "Action.Execute", "verb": value.get("verb"), "data": value}
    return {"type": "invoke", "name": "adaptiveCard/action", "value": {"action": action}}


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b'{"type": 7}', b'{"type":"message"}']
)
def test_a_body_that_is_no_activity_is_the_callers_fault(stage: Stage, body: bytes) -> None:
    from tests.journeys.stage import http

    status, _ = http("POST", f"{stage.bot.url}/api/messages", raw=body)

    assert 400 <= status < 500


def test_markdown_in_a_name_shows_as_typed(stage: Stage) -> None:
    address = stage.fresh("name")

    stage.say("alex", f'invite "[click](http://evil.example)" <{address}> to "Invited users package"')
    card = stage.shown("alex", address, "Copy link")

    assert "\\\\[click\\\\]" in str(stage.card("alex", card)["body"][0])


def test_a_megabyte_is_refused_as_too_large_and_the_next_word_is_answered(stage: Stage) -> None:
    status, _ = stage.post(stage.activity("megan", value={"verb": "invite.submit", "addresses": "x" * 1_000_000}))

    assert status == 413
    assert answered(stage, "megan", "help")


@pytest.mark.parametrize(
    "broken",
    [
        {"from": {"id": "29:1megan"}},
        {"from": {"id": "29:1megan", "aadObjectId": "not an id"}},
        {"entities": [{"type": "mention", "mentioned": 7, "text": ["x"]}]},
        {"text": None},
        {"locale": "\x00\x00", "text": "help"},
        {"localTimezone": "../../etc/passwd", "text": "status ben@fabrikam.com"},
        {"channelData": {"tenant": {"id": "11111111-1111-4111-8111-111111111111"}, "team": 5}, "text": "help"},
        {"replyToId": "x" * 5000, "value": {"verb": "guests"}},
    ],
    ids=lambda one: str(one)[:50],
)
def test_a_malformed_activity_is_answered_or_turned_away_never_a_fault(stage: Stage, broken: dict[str, Any]) -> None:
    before = set(stage.cards("megan"))
    activity = {**stage.activity("megan"), **broken}

    status, _ = stage.post(activity)

    assert status < 500
    if status < 300:
        until(lambda: set(stage.cards("megan")) - before, what="an answer")


@pytest.mark.parametrize("kind", ["typing", "messageReaction", "messageUpdate", "messageDelete", "event", "x" * 100])
def test_an_activity_nobody_needs_an_answer_to_is_accepted_in_silence(stage: Stage, kind: str) -> None:
    status, _ = stage.post(stage.activity("megan", type=kind))

    assert status in (200, 201, 202)


@pytest.mark.parametrize("verb", ["why", "delivery", "resend", "status", "revoke"])
def test_a_button_of_an_invite_nobody_knows_says_that_the_card_is_out_of_date(stage: Stage, verb: str) -> None:
    before = set(stage.cards("alex"))

    stage.execute("alex", {"verb": verb, "invite": "no-such-invite"}, card="m-none")

    stage.news("alex", before, "out of date")
