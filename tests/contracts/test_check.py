"""What an operator is told about a tenant before Usher works in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.graph.check import BUILDING, MAIL, NEEDED, REVIEWING, check, permissions_in
from tests.contracts.tenant import MAILBOX, Tenant


async def missing(tenant: Tenant, mail_from: str = MAILBOX) -> list[str]:
    findings = await check(tenant.graph, tenant.credential, mail_from=mail_from)
    assert all(one.how for one in findings if not one.good)
    return [one.what for one in findings if one.is_fault]


async def test_a_tenant_in_order_has_nothing_missing_and_is_asked_once(tenant: Tenant):
    assert await missing(tenant) == []
    assert tenant.round_trips() == ["POST /$batch"]


@pytest.mark.parametrize("permission", [*NEEDED, *MAIL])
async def test_a_missing_permission_is_named(tenant: Tenant, permission: str):
    tenant.reset(withoutPermissions=[permission])

    assert any(what.startswith(f"Permission {permission}:") for what in await missing(tenant))


async def test_nothing_else_than_the_named_permissions_is_needed(tenant: Tenant):
    tenant.reset(onlyPermissions=[*NEEDED, *MAIL])

    assert await missing(tenant) == []


@pytest.mark.parametrize(
    ("permission", "area"),
    [*((one, "building packages") for one in BUILDING), *((one, "access reviews") for one in REVIEWING)],
)
async def test_what_only_some_work_takes_is_named_apart(tenant: Tenant, permission: str, area: str):
    tenant.reset(withoutPermissions=[permission])

    (found,) = [one for one in await check(tenant.graph, tenant.credential, mail_from=MAILBOX) if not one.good]

    assert found.what.startswith(f"Permission {permission}, for {area} only:")
    assert permission in found.how
    assert (found.word, found.is_fault) == ("absent", False)


async def test_a_missing_licence_is_named(tenant: Tenant):
    tenant.reset(licence=False)

    (what,) = await missing(tenant)
    assert what.startswith("Licence")


async def test_invitations_switched_off_are_named(tenant: Tenant):
    tenant.reset(allowInvitesFrom="none")

    assert await missing(tenant) == ["Guest invite setting: none"]


async def test_a_sender_nobody_knows_is_named(tenant: Tenant):
    (what,) = await missing(tenant, "nobody@contoso.com")

    assert what.startswith("Mailbox nobody@contoso.com")


async def test_mail_may_be_left_out(tenant: Tenant):
    tenant.reset(withoutPermissions=["Mail.Send"])

    assert await missing(tenant, "") == []


async def test_a_wrong_secret_is_all_there_is_to_say(tenant: Tenant):
    tenant.reset(clientSecret="right")

    (what,) = await missing(tenant)
    assert what.startswith("Sign-in")


async def test_a_graph_that_is_away_is_a_finding(tenant: Tenant):
    tenant.break_down({"method": "*", "path": "/v1.0"})

    assert any(what.startswith("Microsoft Graph") for what in await missing(tenant))


@given(st.text())
def test_no_token_breaks_the_reader(token: str):
    assert isinstance(permissions_in(token), frozenset | None)


@pytest.mark.parametrize("token", ["", "opaque", "a.b.c", "a.bnVsbA.c", "a.W10.c"])
def test_a_token_that_does_not_tell_is_said_so(token: str):
    assert permissions_in(token) is None
