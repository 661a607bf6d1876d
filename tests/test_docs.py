"""The documents tell the truth about files: they name none that is missing, and the map leaves none out."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = [*sorted((ROOT / "docs").rglob("*.md")), ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
MAPPED = ("bot", "cards", "letters", "packagefiles", "sandbox", "dev", "benchmarks")
_TOP = ("app.py", "make.py", "Makefile", "pyproject.toml", "docs/", "tests/", *(f"{room}/" for room in MAPPED))
_LINK = re.compile(r"\]\((?![a-z]+:|#)([^)#\s]+)(?:#[^)\s]*)?\)")
_CODE = re.compile(r"`([^`\s]+)`")


def named_files(document: Path, text: str) -> list[tuple[str, Path]]:
    """What a document says about files, as written and as a path: links, and words in backticks that are paths.

    A path with a placeholder (`bot/commands/<verb>.py`, `docs/decisions/NNNN-*.md`) names no file.
    """
    links = [(link, document.parent / link) for link in _LINK.findall(text)]
    words = [
        (word, ROOT / word)
        for word in _CODE.findall(text)
        if word.startswith(_TOP) and not re.search("[<>*{}]|N{4}", word)
    ]
    return links + words


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_document_names_no_file_that_does_not_exist(document: Path) -> None:
    named = named_files(document, document.read_text())

    missing = [word for word, path in named if not path.exists()]

    assert missing == []


def test_missing_file_would_be_found() -> None:
    text = "See `bot/nowhere.py`, [this](gone.md), `docs/decisions/NNNN-*.md` and `python app.py`."

    missing = [word for word, path in named_files(ROOT / "docs" / "map.md", text) if not path.exists()]

    assert missing == ["gone.md", "bot/nowhere.py"]


@pytest.mark.parametrize("room", MAPPED)
def test_map_has_one_line_for_each_file(room: str) -> None:
    lines = (ROOT / "docs" / "map.md").read_text().splitlines()
    files = [
        path.relative_to(ROOT).as_posix() for path in sorted((ROOT / room).rglob("*.py")) if path.name != "__init__.py"
    ]

    counts = {name: sum(line.startswith(f"- `{name}`") for line in lines) for name in files}

    assert {name: count for name, count in counts.items() if count != 1} == {}
