"""A package for anyone outside is not made without somebody who approves: in a sentence, the wizard, a change or a file."""

from __future__ import annotations

from tests.journeys.building import fresh_name, packages
from tests.journeys.filing import package
from tests.journeys.stage import Stage
from tests.journeys.wizarding import STEPS, Wizard

SAID = "Entra makes approval compulsory"


def test_the_page_where_approval_is_said_comes_and_with_an_approver_create_does(stage: Stage) -> None:
    name = fresh_name()
    wizard = Wizard.said(
        stage, f'"{name}" app:App4Guest for:anyone approve:no days:14 review:no', STEPS["requests"], SAID
    )
    offered = wizard.buttons()

    wizard.next(approval="1")
    wizard.shows("Approvers").next(**{"stage.0.approvers": "adele@contoso.com"})
    wizard.shows(STEPS["questions"]).next()
    wizard.shows(STEPS["lifecycle"]).next()
    wizard.shows(STEPS["review"])

    assert "Create" not in offered
    assert "Create" in wizard.buttons()
    assert SAID not in wizard.words()


def test_a_change_to_anyone_outside_is_not_offered_without_approval(stage: Stage) -> None:
    card = stage.ask("alex", 'package edit "Invited users package" for:anyone', SAID)

    assert not {"Change", "Yes, change it", "Confirm"} & set(stage.titles("alex", card))


def test_a_file_that_says_so_is_not_applied(stage: Stage) -> None:
    name, text = package(stage)

    card = stage.ask("alex", f"package apply\n{text.replace('for: all-users', 'for: anyone')}", SAID)

    assert "Apply" not in stage.titles("alex", card)
    assert packages(stage, name) == []
