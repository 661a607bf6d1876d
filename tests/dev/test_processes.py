"""Children answer before we go on, say why when they do not, and never outlive us."""

import sys
from pathlib import Path

import pytest

from dev.processes import Child, ChildFailed, Children, answers, free_port, is_free, wait_until_answering


def _serve(children: Children, port: int) -> Child:
    command = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1"]
    return children.start("server", command, cwd=children.logs, env={})


def test_child_that_answers_is_waited_for_and_ended_with_the_block(tmp_path: Path) -> None:
    port = free_port()

    with Children(tmp_path) as children:
        child = _serve(children, port)
        wait_until_answering(child, f"http://127.0.0.1:{port}/", seconds=20)
        assert not is_free(port)

    assert child.process.poll() is not None
    assert not answers(f"http://127.0.0.1:{port}/")


def test_child_that_ends_is_reported_with_its_last_words(tmp_path: Path) -> None:
    with Children(tmp_path) as children:
        child = children.start("bot", [sys.executable, "-c", "raise SystemExit('no app id')"], cwd=tmp_path, env={})

        with pytest.raises(ChildFailed, match="bot ended with 1:\nno app id"):
            wait_until_answering(child, f"http://127.0.0.1:{free_port()}/", seconds=20)

        assert children.ended() is child


def test_silent_child_is_given_up_after_its_time(tmp_path: Path) -> None:
    with Children(tmp_path) as children:
        child = children.start("bot", [sys.executable, "-c", "import time; time.sleep(60)"], cwd=tmp_path, env={})

        with pytest.raises(ChildFailed):
            wait_until_answering(child, f"http://127.0.0.1:{free_port()}/", seconds=0.2)


def test_children_end_when_the_block_fails(tmp_path: Path) -> None:
    port = free_port()

    with pytest.raises(KeyboardInterrupt), Children(tmp_path) as children:
        child = _serve(children, port)
        raise KeyboardInterrupt

    assert child.process.poll() is not None


def test_settings_reach_the_child(tmp_path: Path) -> None:
    code = "import os; print(os.environ['PORT'])"

    with Children(tmp_path) as children:
        child = children.start("bot", [sys.executable, "-c", code], cwd=tmp_path, env={"PORT": "4711"})
        child.process.wait(20)

        assert child.tail() == "4711"
