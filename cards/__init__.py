"""Pure functions from what a command came to (bot.domain.outcomes) to Adaptive Cards and their text twins.

Each card is one module with `card(outcome) -> dict` and `text(outcome) -> str`. The cards a guest sees also take
`say`, which turns an English phrase into the guest's language. `text` is plain, not markdown: send it as such.
"""
