"""The only room that knows Bot Framework: what comes from Teams, and what goes there."""

from bot.teams.recognizers import stand_in

# Before any module of this room imports the SDK's dialogs.
stand_in()
