"""Keep the SDK's dialog state in the ledger, as JSON and nothing else."""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any, Protocol

from botbuilder.core import BotState, StatePropertyAccessor, Storage, TurnContext
from botbuilder.core.bot_state import BotStatePropertyAccessor, CachedBotState
from botbuilder.dialogs import DialogState
from botbuilder.dialogs.dialog_instance import DialogInstance

ETAG = "e_tag"
_STACK = "$stack"


class StateLedger(Protocol):
    """The part of the ledger that holds dialog state; see `bot.ports.Ledger`."""

    async def read_state(self, keys: list[str]) -> Mapping[str, tuple[str, dict[str, Any]]]: ...

    async def write_state(self, key: str, value: dict[str, Any], etag: str | None) -> None: ...

    async def delete_state(self, keys: list[str]) -> None: ...


class LedgerStorage(Storage):  # type: ignore[misc]
    """The SDK's storage contract, with ETags that are enforced and without pickled classes.

    The SDK's own storages unpickle whatever class the stored text names, so whoever can write to the store
    runs code in the bot. Here only JSON and the SDK's dialog stack are written and read back.
    """

    def __init__(self, ledger: StateLedger) -> None:
        self._ledger = ledger

    async def read(self, keys: Iterable[str]) -> dict[str, dict[str, Any]]:
        """Return fresh copies of what is stored, each with its ETag under `e_tag`."""
        stored = await self._ledger.read_state(list(keys))
        return {key: {**_thaw(value), ETAG: etag} for key, (etag, value) in stored.items()}

    async def write(self, changes: Mapping[str, dict[str, Any]]) -> None:
        """Store; raises `bot.errors.Conflict` when someone stored under the same key since it was read."""
        for key, state in changes.items():
            value = {name: part for name, part in state.items() if name != ETAG}
            await self._ledger.write_state(key, _freeze(value), state.get(ETAG))

    async def delete(self, keys: Iterable[str]) -> None:
        """Forget these."""
        await self._ledger.delete_state(list(keys))


class PersonProperty(BotStatePropertyAccessor):  # type: ignore[misc]
    """One value of the state."""

    async def get(self, turn_context: TurnContext, default_value_or_factory: Any = None) -> Any:
        """The value; where there is none, the default, which is kept. The SDK's own ignores `[]`, 0 and ""."""
        default = default_value_or_factory
        made = default if default is None or callable(default) else lambda: deepcopy(default)
        return await super().get(turn_context, made)


class PersonState(BotState):  # type: ignore[misc]
    """State of one person in one conversation, so that two people in a group never share a dialog."""

    def __init__(self, storage: Storage) -> None:
        super().__init__(storage, "PersonState")

    def create_property(self, name: str) -> StatePropertyAccessor:
        """The value of this name, for whichever person the turn is of."""
        return PersonProperty(self, name)

    async def clear_state(self, turn_context: TurnContext) -> None:
        """Begin anew. The SDK's own would read the old state back as soon as anything is looked up."""
        emptied = CachedBotState({ETAG: "*"})
        emptied.hash = ""
        turn_context.turn_state[self._context_service_key] = emptied

    def get_storage_key(self, turn_context: TurnContext) -> str:
        """The key of this turn's state."""
        activity = turn_context.activity
        person = activity.from_property.aad_object_id or activity.from_property.id
        return f"{activity.channel_id}/conversations/{activity.conversation.id}/people/{person}"


def _freeze(value: Any) -> Any:
    """Return the value as JSON. Raises TypeError for anything that would not come back as it was."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, DialogState):
        return {_STACK: [_freeze_instance(instance) for instance in value.dialog_stack]}
    if isinstance(value, Mapping):
        if _STACK in value or not all(isinstance(name, str) for name in value):
            raise TypeError("a state key is not plain text")
        return {name: _freeze(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_freeze(part) for part in value]
    raise TypeError(f"dialog state holds a {type(value).__name__}, which is not JSON")


def _freeze_instance(instance: DialogInstance) -> dict[str, Any]:
    return {"id": instance.id, "state": _freeze(instance.state)}


def _thaw(value: Any) -> Any:
    if isinstance(value, list):
        return [_thaw(part) for part in value]
    if not isinstance(value, dict):
        return value
    if _STACK in value:
        return DialogState([_thaw_instance(instance) for instance in value[_STACK]])
    return {name: _thaw(part) for name, part in value.items()}


def _thaw_instance(stored: dict[str, Any]) -> DialogInstance:
    instance = DialogInstance()
    instance.id = stored["id"]
    instance.state = _thaw(stored["state"])
    return instance
