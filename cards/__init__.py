"""Pure functions from what a command came to (bot.domain.outcomes) to Adaptive Cards and their text twins.

Each card is one module with `card(outcome) -> dict` and `text(outcome) -> str`. The cards a guest sees also take
`say`, which turns an English phrase into the guest's language. `text` is plain, not markdown: send it as such.
"""

from pydantic import BaseModel

# Microsoft's module has 112 classes, of which cards use a dozen: completing only those halves what it costs to start.
BaseModel.model_config["defer_build"] = True
try:
    from microsoft_teams.cards import core
finally:
    del BaseModel.model_config["defer_build"]

# The usual ones now, before anybody waits for a card. Others are completed when they are first used.
for _usual in (
    core.AdaptiveCard,
    core.TextBlock,
    core.Container,
    core.ColumnSet,
    core.Column,
    core.ActionSet,
    core.ExecuteAction,
    core.SubmitAction,
    core.OpenUrlAction,
    core.TextInput,
    core.ChoiceSetInput,
    core.Choice,
):
    _usual.model_rebuild()
