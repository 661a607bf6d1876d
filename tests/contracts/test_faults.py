"""Each operation on Entra, when Graph answers well, refuses, throttles, or is cut off."""

import asyncio
from typing import Any

import pytest

from bot import errors
from bot.graph.check import BUILDING, MAIL, NEEDED, REVIEWING
from tests.contracts import (
    account_operations,
    catalog_operations,
    governance_operations,
    operations,
    review_operations,
    sponsor_operations,
)
from tests.contracts.operations import Operation
from tests.contracts.tenant import Tenant

READS = operations.READS + catalog_operations.READS + governance_operations.READS + sponsor_operations.READS
READS += review_operations.READS + account_operations.READS
WRITES = operations.WRITES + catalog_operations.WRITES + governance_operations.WRITES + sponsor_operations.WRITES
WRITES += review_operations.WRITES
REPEATED = catalog_operations.REPEATED + governance_operations.REPEATED + sponsor_operations.REPEATED
REPEATED += account_operations.REPEATED
ALL = READS + WRITES + REPEATED

each = pytest.mark.parametrize("operation", ALL, ids=str)
each_read = pytest.mark.parametrize("operation", [one for one in READS if one.retried], ids=str)
each_write = pytest.mark.parametrize("operation", WRITES, ids=str)
each_repeated = pytest.mark.parametrize("operation", REPEATED, ids=str)


async def outcome(operation: Operation, tenant: Tenant) -> Any:
    """What the call returned, or the name of the error it raised."""
    try:
        return await operation.on(tenant)
    except errors.UsherError as error:
        return type(error).__name__


def fault(operation: Operation, **rule: Any) -> dict[str, Any]:
    return {"method": operation.method, "path": operation.path, **rule}


@each
async def test_it_works_in_one_try(operation: Operation, tenant: Tenant):
    result = await outcome(operation, tenant)

    assert result is None or not isinstance(result, str) or not hasattr(errors, result)
    assert tenant.pauses.waited == []


@each
async def test_it_works_with_the_permissions_the_check_asks_for_and_no_others(operation: Operation, tenant: Tenant):
    tenant.reset(onlyPermissions=[*NEEDED, *MAIL, *operation.permissions])
    assert set(operation.permissions) <= {*BUILDING, *REVIEWING}

    result = await outcome(operation, tenant)

    assert not isinstance(result, str) or not hasattr(errors, result)


@each
async def test_a_missing_permission_is_named_as_such(operation: Operation, tenant: Tenant):
    tenant.break_down(fault(operation, status=403))

    assert await outcome(operation, tenant) == operation.forbidden


@each
async def test_what_is_not_there_is_not_found(operation: Operation, tenant: Tenant):
    tenant.break_down(fault(operation, status=404))

    assert await outcome(operation, tenant) == operation.missing


@each
async def test_a_conflict_is_told(operation: Operation, tenant: Tenant):
    tenant.break_down(fault(operation, status=409))

    assert await outcome(operation, tenant) == operation.conflict


@each
async def test_it_waits_as_long_as_graph_asks_and_goes_on(operation: Operation, tenant: Tenant):
    tenant.break_down(fault(operation, status=429, times=1, retryAfter="2.128"))

    result = await outcome(operation, tenant)

    assert result is None or not isinstance(result, str) or not hasattr(errors, result)
    assert tenant.pauses.waited == [2.128]


@each
async def test_a_long_wait_is_left_to_the_caller(operation: Operation, tenant: Tenant):
    tenant.break_down(fault(operation, status=429, retryAfter=60))

    with pytest.raises(errors.Throttled) as caught:
        await operation.on(tenant)

    assert caught.value.retry_after == 60
    assert tenant.pauses.waited == []


@each_read
async def test_a_read_survives_a_broken_connection(operation: Operation, tenant: Tenant):
    tenant.break_down({"method": "*", "times": 1})

    result = await outcome(operation, tenant)

    assert not isinstance(result, str) or not hasattr(errors, result)
    assert len(tenant.pauses.waited) == 1


@each_read
async def test_a_read_gives_up_on_a_broken_connection_in_the_end(operation: Operation, tenant: Tenant):
    tenant.break_down({"method": "*"})

    assert await outcome(operation, tenant) == "Transient"


@each_write
async def test_a_write_that_was_cut_off_is_not_made_twice(operation: Operation, tenant: Tenant):
    tenant.break_down(fault(operation, dropAfterWrite=True))

    assert await outcome(operation, tenant) == "Ambiguous"
    assert len(tenant.performed(operation.method, operation.path)) == 1


@each_write
async def test_a_write_answered_by_a_gateway_timeout_is_not_made_twice(operation: Operation, tenant: Tenant):
    tenant.break_down(fault(operation, status=504))

    assert await outcome(operation, tenant) == "Ambiguous"
    assert len(tenant.performed(operation.method, operation.path)) == 1


@each_repeated
async def test_a_write_that_may_run_twice_is_repeated_when_it_was_cut_off(operation: Operation, tenant: Tenant):
    tenant.break_down(fault(operation, dropAfterWrite=True, times=1))

    assert await outcome(operation, tenant) is None
    assert len(tenant.performed(operation.method, operation.path)) == 2


@each_repeated
async def test_a_write_that_is_cut_off_again_and_again_is_left_open(operation: Operation, tenant: Tenant):
    tenant.break_down(fault(operation))

    assert await outcome(operation, tenant) == "Ambiguous"


async def test_many_callers_at_once_share_one_token(tenant: Tenant):
    people = await asyncio.gather(*(tenant.directory.person("33333333-3333-4333-8333-333333333333") for _ in range(20)))

    assert {person.name for person in people if person} == {"Alex Wilber"}
