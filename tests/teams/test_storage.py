"""Dialog state is JSON in the ledger: fresh copies, enforced ETags, nothing that runs when it is read."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from botbuilder.core import TurnContext
from botbuilder.core.adapters import TestAdapter
from botbuilder.dialogs import DialogState
from botbuilder.dialogs.dialog_instance import DialogInstance
from botbuilder.schema import Activity, ChannelAccount, ConversationAccount
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Conflict
from bot.store.database import Database
from bot.store.ledger import SqlLedger
from bot.store.migrate import migrate
from bot.teams.storage import LedgerStorage, PersonState, _freeze, _thaw


@pytest.fixture
async def storage(tmp_path: Path) -> AsyncIterator[LedgerStorage]:
    url = f"sqlite:///{tmp_path}/usher.db"
    await migrate(url)
    database = Database(url)
    yield LedgerStorage(SqlLedger(database, tenant_id="t"))
    await database.close()


def turn(person: str = "p1", conversation: str = "a:1") -> TurnContext:
    activity = Activity(
        type="message",
        channel_id="msteams",
        conversation=ConversationAccount(id=conversation),
        from_property=ChannelAccount(id="29:x", aad_object_id=person),
    )
    return TurnContext(TestAdapter(), activity)


async def test_what_is_read_is_a_copy(storage: LedgerStorage) -> None:
    await storage.write({"k": {"n": [1]}})

    first = await storage.read(["k"])
    first["k"]["n"].append(2)

    assert (await storage.read(["k"]))["k"]["n"] == [1]


async def test_the_second_of_two_writers_conflicts(storage: LedgerStorage) -> None:
    await storage.write({"k": {"n": 1}})
    one, two = await storage.read(["k"]), await storage.read(["k"])
    await storage.write({"k": {**one["k"], "n": 2}})

    with pytest.raises(Conflict):
        await storage.write({"k": {**two["k"], "n": 3}})

    assert (await storage.read(["k"]))["k"]["n"] == 2


async def test_what_is_deleted_is_gone(storage: LedgerStorage) -> None:
    await storage.write({"k": {"n": 1}})

    await storage.delete(["k"])

    assert await storage.read(["k", "never"]) == {}


async def test_cleared_state_stays_clear_in_the_same_turn(storage: LedgerStorage) -> None:
    state, context = PersonState(storage), turn()
    word = state.create_property("word")
    await word.set(context, "old") if await word.get(context, str) == "" else None
    await state.save_changes(context)
    later = turn()
    await state.load(later)

    await state.clear_state(later)

    assert await word.get(later, lambda: "none") == "none"


async def test_cleared_state_is_saved_as_clear(storage: LedgerStorage) -> None:
    state, context = PersonState(storage), turn()
    word = state.create_property("word")
    await word.get(context, str)
    await word.set(context, "old")
    await state.save_changes(context)
    later = turn()

    await state.clear_state(later)
    await state.save_changes(later)

    assert await word.get(turn(), lambda: "none") == "none"


async def test_unsaved_changes_do_not_leak_into_the_next_turn(storage: LedgerStorage) -> None:
    state, context = PersonState(storage), turn()
    words = state.create_property("words")
    await words.get(context, list)
    await state.save_changes(context)
    forgetful = turn()
    (await words.get(forgetful, list)).append("unsaved")

    assert await words.get(turn(), list) == []


@pytest.mark.parametrize("empty", [[], {}, "", 0, False])
async def test_an_empty_default_is_given_and_is_nobody_elses(storage: LedgerStorage, empty: Any) -> None:
    kept = PersonState(storage).create_property("kept")

    found = await kept.get(turn(), empty)

    assert found == empty
    assert type(found) is type(empty)
    assert found is not empty or not isinstance(empty, list | dict)


async def test_state_is_kept_apart_by_person_and_by_conversation(storage: LedgerStorage) -> None:
    state = PersonState(storage)

    keys = {state.get_storage_key(one) for one in (turn(), turn("p2"), turn("p1", "19:group"))}

    assert len(keys) == 3


def test_a_dialog_stack_comes_back_as_one() -> None:
    stack = DialogState([DialogInstance("form", {"nested": DialogState([DialogInstance("inner", {"x": 1})])})])

    again = _thaw(_freeze({"DialogState": stack}))["DialogState"]

    assert isinstance(again, DialogState)
    assert again.dialog_stack[0].id == "form"
    assert again.dialog_stack[0].state["nested"].dialog_stack[0].state == {"x": 1}


class Evil:
    pass


@pytest.mark.parametrize("value", [Evil(), {1: "x"}, {"$stack": []}, {"a": {2}}, b"x"])
def test_what_is_not_json_is_refused(value: Any) -> None:
    with pytest.raises(TypeError):
        _freeze(value)


def test_a_stored_class_name_is_only_text() -> None:
    stored = {"py/object": "os.system", "py/reduce": [{"py/function": "os.system"}, {"py/tuple": ["true"]}]}

    assert _thaw(stored) == stored


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text().filter(lambda k: k != "$stack"), inner),
    max_leaves=10,
)


@given(json_values)
def test_json_comes_back_as_it_was(value: Any) -> None:
    assert _thaw(_freeze(value)) == value
