from bot.store.database import Database
from bot.store.heartbeats import SqlHeartbeats


async def test_every_replica_sees_every_count(database: Database) -> None:
    beats = SqlHeartbeats(database)

    await beats.beat("one")
    await beats.beat("two")

    assert await beats.beat("one") == {"one": 2, "two": 1}


async def test_a_replica_that_left_is_marked_until_it_is_forgotten(database: Database) -> None:
    beats = SqlHeartbeats(database)
    await beats.beat("one")

    await beats.leave("one")
    marked = await beats.beat("two")
    await beats.forget("one", -1)

    assert marked == {"one": -1, "two": 1}
    assert await beats.beat("two") == {"two": 2}


async def test_a_replica_that_came_back_is_not_forgotten(database: Database) -> None:
    beats = SqlHeartbeats(database)
    await beats.beat("one")
    await beats.beat("one")

    await beats.forget("one", 1)

    assert await beats.beat("one") == {"one": 3}
