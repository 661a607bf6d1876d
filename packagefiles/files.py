"""The port `PackageFiles`: the file's two directions."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.building.filed import FiledPackage, FileReading
from packagefiles import reading, writing


class Files:
    """See `bot.ports.PackageFiles`."""

    def read(self, text: str) -> FileReading:
        """Plain YAML only; see packagefiles/parsing.py for what is refused."""
        return reading.read(text)

    def write(self, packages: Sequence[FiledPackage], *, about: str, time_zone: str = "") -> str:
        """In the current version of the format."""
        return writing.write(packages, about=about, time_zone=time_zone)
