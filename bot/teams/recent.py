"""Notice an activity that Teams delivers again, in this process; the ledger notices it everywhere else."""

from collections import OrderedDict


class RecentKeys:
    """The last `most` keys."""

    def __init__(self, most: int = 4096) -> None:
        self._most = most
        self._keys: OrderedDict[str, None] = OrderedDict()

    def is_new(self, key: str) -> bool:
        """Say whether the key was not seen lately, and remember it."""
        if key in self._keys:
            return False
        self._keys[key] = None
        if len(self._keys) > self._most:
            self._keys.popitem(last=False)
        return True
