"""How long Entra may answer with what was before."""

from datetime import timedelta

SHOWS_WITHIN = timedelta(minutes=1)
"""So long after a write it may show somebody as they were, or not list what was made."""

HIDDEN_FOR = timedelta(minutes=2)
"""So long it may not show what it showed before; then it is looked at again."""
