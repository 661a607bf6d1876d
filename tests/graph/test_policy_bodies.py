"""A policy that is changed loses nothing but what was changed; one that is not changed stays to the letter."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.building.terms import Terms
from bot.errors import Rejected
from bot.graph.policy_bodies import merged, policy_body, replacement
from bot.graph.policy_changes import differs
from bot.graph.policy_terms import terms_of
from bot.graph.policy_writes import SETTINGS
from tests.graph.policies import Json, policies

#: Setting -> the places in the JSON it may write to, as paths.
OWN: dict[str, list[tuple[str, ...]]] = {
    "name": [("displayName",)],
    "scope": [("allowedTargetScope",)],
    "description": [("description",)],
    "targets": [("specificAllowedTargets",)],
    "accepts_requests": [("requestorSettings", "enableTargetsToSelfAddAccess")],
    "stages": [
        ("requestApprovalSettings", "stages"),
        ("requestApprovalSettings", "isApprovalRequiredForAdd"),
    ],
    "needs_justification": [("requestApprovalSettings", "isRequestorJustificationRequired")],
    "questions": [("questions",)],
    "ends": [("expiration",)],
    "custom_timeline": [("requestorSettings", "allowCustomAssignmentSchedule")],
    "extendable": [("requestorSettings", "enableTargetsToSelfUpdateAccess")],
    "approve_extension": [("requestApprovalSettings", "isApprovalRequiredForUpdate")],
    "review": [("reviewSettings",)],
    "extensions": [("customExtensionStageSettings",)],
}


def without(row: Json, paths: list[tuple[str, ...]]) -> Json:
    """The JSON without what lies at these paths; an object that only held that is gone too."""
    rest = copy.deepcopy(row)
    for path in paths:
        holder: Any = rest
        for step in path[:-1]:
            holder = holder.get(step) or {}
        holder.pop(path[-1], None)
        if len(path) > 1 and not rest.get(path[0]):
            rest.pop(path[0], None)
    return rest


def test_every_setting_has_its_places() -> None:
    assert set(OWN) == set(SETTINGS)


@given(policies())
def test_a_policy_that_is_not_changed_stays_to_the_letter(row: Json) -> None:
    terms = terms_of(row)

    assert merged(row, terms, terms) == row


@given(policies(), policies(known=True), st.sampled_from(SETTINGS))
def test_one_setting_changed_is_all_that_changes(row: Json, other: Json, setting: str) -> None:
    untouched, before = copy.deepcopy(row), terms_of(row)
    after = replace(before, **{setting: getattr(terms_of(other), setting)})

    body = merged(row, before, after)

    assert without(body, OWN[setting]) == without(row, OWN[setting])
    assert not differs(_comparable(terms_of(body)), _comparable(after), *SETTINGS)
    assert row == untouched


@given(policies(), policies(known=True))
def test_every_setting_changed_at_once_reads_as_it_was_meant(row: Json, other: Json) -> None:
    before, wanted = terms_of(row), terms_of(other)

    body = merged(row, before, wanted)

    assert not differs(_comparable(terms_of(body)), _comparable(wanted), *SETTINGS)
    assert body.get("futureSetting") == row.get("futureSetting")
    assert body.get("automaticRequestSettings") == row.get("automaticRequestSettings")


@given(policies(known=True), policies(known=True), st.sampled_from(SETTINGS))
def test_a_change_taken_back_is_where_it_began(row: Json, other: Json, setting: str) -> None:
    before = terms_of(row)
    changed = merged(row, before, replace(before, **{setting: getattr(terms_of(other), setting)}))

    back = merged(changed, terms_of(changed), replace(terms_of(changed), **{setting: getattr(before, setting)}))

    assert not differs(_comparable(terms_of(back)), _comparable(before), *SETTINGS)


@given(policies(known=True))
def test_people_that_only_the_portal_can_describe_stay_but_are_never_written_anew(row: Json) -> None:
    rule = {"@odata.type": "#microsoft.graph.attributeRuleMembers", "membershipRule": "x", "description": "rule"}
    row = {**row, "specificAllowedTargets": [rule]}
    before = terms_of(row)
    emptied = merged(row, before, replace(before, targets=()))

    with pytest.raises(Rejected, match="attributeRuleMembers"):
        merged(emptied, terms_of(emptied), before)

    assert merged(row, before, replace(before, name="Other"))["specificAllowedTargets"] == [rule]


@given(policies(known=True))
def test_a_new_policy_reads_as_it_was_meant(row: Json) -> None:
    wanted = terms_of(row)

    body = policy_body(wanted, "p1")

    assert not differs(_comparable(terms_of(body)), _comparable(wanted), *SETTINGS)
    assert body["accessPackage"] == {"id": "p1"}
    assert {"createdDateTime", "modifiedDateTime", "id"} & set(body) == set()


@given(policies())
def test_a_replacement_says_nothing_that_only_graph_may_say_and_leaves_out_nothing_else(row: Json) -> None:
    body = replacement(row, "p1")

    dropped = {"@odata.context", "createdDateTime", "modifiedDateTime"}
    assert set(row) - set(body) == dropped & set(row)
    assert body["accessPackage"] == {"id": "p1"}
    for setting in body.get("customExtensionStageSettings", []):
        assert set(setting["customExtension"]) == {"@odata.type", "id"}
    for name in set(body) - {"accessPackage", "customExtensionStageSettings"}:
        assert body[name] == row[name]


def _comparable(terms: Terms) -> Terms:
    """Ids of questions are given by Graph, and moments it does not know are not among the terms."""
    return replace(terms, questions=tuple(replace(one, id="") for one in terms.questions))
