"""Files of people, and files of access packages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.domain.building.filed import FiledPackage, FileReading
from bot.domain.turns import SentFile


class Files(Protocol):
    """Files that people send to Usher, and where they take Usher's."""

    async def fetch(self, file: SentFile, *, most: int) -> str:
        """The text of a file of at most `most` bytes, UTF-8 or UTF-16.

        Raises FileTrouble, whose words say what is wrong with the file, and Transient when its host does not answer.
        """

    async def save(self, url: str, text: str) -> None:
        """The text is where the person wants the file, as UTF-8; saving it twice is saving it once.

        Raises FileTrouble and Transient.
        """


class PackageFiles(Protocol):
    """Access packages as text for people, and back."""

    def read(self, text: str) -> FileReading:
        """The packages of a file, with every problem that is found in it. Never raises; may take half a second."""

    def write(self, packages: Sequence[FiledPackage], *, about: str, time_zone: str = "") -> str:
        """The file that `read` takes back. `about`: one line on where it comes from; `time_zone`: that of its dates."""
