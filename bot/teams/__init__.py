"""The only room that knows Bot Framework: what comes from Teams, and what goes there."""
