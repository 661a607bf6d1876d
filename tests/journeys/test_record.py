"""What people ask for and what the jobs then do is on record, each with the message it came from."""

from __future__ import annotations

from tests.journeys.building import trail
from tests.journeys.stage import PACKAGE, Stage, until
from tests.journeys.test_package_files import answer, offers


def test_an_invite_and_its_end_are_on_record_step_by_step(stage: Stage) -> None:
    address, before = stage.fresh("recorded"), set(stage.cards("alex"))
    stage.say("alex", f'invite {address} to "Invited users package" for 5 days because "audit"', id="1700000000777")
    stage.news("alex", before, address, "Invited")
    until(lambda: stage.mails(address), what="the guest was told")

    card = stage.ask("alex", f"revoke {address}", "Revoke", address)
    stage.press("alex", "Yes, revoke", card=card)
    until(lambda: ("revoke", "closed") in acts(stage, address), what="the job has written its line")

    assert acts(stage, address) == [
        ("invite", "claimed"),
        ("send invitation", "done"),
        ("tell by mail", "sent"),
        ("revoke", "started"),
        ("revoke", "closed"),
    ]
    lines = trail(stage, address)
    assert {one.package for one in lines} == {PACKAGE}
    assert {one.message for one in lines if one.act != "revoke"} == {"1700000000777"}
    assert len({one.message for one in lines if one.act == "revoke"} - {"", "1700000000777"}) == 1
    assert {one.conversation for one in lines} == {"a:1alex"}


def acts(stage: Stage, address: str) -> list[tuple[str, str]]:
    """Acts and results about a guest, oldest first."""
    return [(one.act, one.result) for one in reversed(trail(stage, address))]


def test_the_record_of_a_guest_is_saved_as_a_file_for_spreadsheets(stage: Stage) -> None:
    address = stage.fresh("filed")
    stage.say("alex", f'invite {address} to "Invited users package" for 5 days because "audit"')
    until(lambda: ("send invitation", "done") in acts(stage, address), what="the job has written its line")
    card = stage.ask("alex", f"audit {address}", address, "send invitation", "Alex Wilber: invite")
    known = set(offers(stage))

    stage.press("alex", "As CSV", card=card)
    offered = until(lambda: [one for one in offers(stage).items() if one[0] not in known], what="a file is offered")
    answer(stage, *offered[0], "accept")

    kept = until(lambda: stage.teams.files.get("saved"), what="the file is saved")
    text = kept.decode() if isinstance(kept, bytes) else kept
    assert text.startswith('\ufeff"number","time","who"')
    assert f'"invite","{address}","Invited users package","claimed"' in text
    until(lambda: ("export the record", "done") in acts(stage, address), what="the export is on record, too")
