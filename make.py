"""One command for each thing a developer does; every verb first sets up all it needs."""

import os
import subprocess
import sys

if sys.version_info < (3, 11):  # noqa: UP036 - whoever starts this with an older Python should read why it stops
    sys.exit("Usher needs Python 3.11 or newer; this is " + sys.version.split()[0])

from collections.abc import Callable, Sequence

from dev.browser import ensure_chromium
from dev.environment import ROOT, SetupFailed, announce, ensure_environment
from dev.lint import lint_all
from dev.loop import run_loop
from dev.pins import compile_pins
from dev.playground import ensure_playground

Arguments = Sequence[str]

# Tests wait more than they compute, so there are more workers than cores; a file's tests share what it started.
WORKERS = ("-n", "3", "--dist", "loadfile", "--no-loadscope-reorder")


def run(_: Arguments) -> int:
    """start the simulated tenant, the bot and three chat clients, and print their addresses"""
    return run_loop(ensure_environment())


def test(arguments: Arguments) -> int:
    """run every test, browser tests included; words after it go to pytest"""
    python = ensure_environment()
    required = {"USHER_REQUIRE_BROWSER": "1"} if os.environ.get("CI") == "true" else {}
    ensure_playground()
    ensure_chromium()
    return _call([str(python), "-m", "pytest", *(arguments or WORKERS)], required)


def lint(_: Arguments) -> int:
    """check style, types, import rules and pinned versions"""
    ensure_environment()
    return lint_all()


def bench(arguments: Arguments) -> int:
    """measure the bot against its baselines and print the table"""
    return _call([str(ensure_environment()), "-m", "benchmarks", *arguments])


def package(arguments: Arguments) -> int:
    """write the Teams app package"""
    return _call([str(ensure_environment()), "app.py", "package", *arguments])


def check(arguments: Arguments) -> int:
    """prove configuration, permissions and licence of the tenant named in the environment"""
    return _call([str(ensure_environment()), "app.py", "check", *arguments])


def pin(_: Arguments) -> int:
    """compile requirements*.txt anew from requirements*.in"""
    ensure_environment()
    return compile_pins()


VERBS: tuple[Callable[[Arguments], int], ...] = (run, test, lint, bench, package, check, pin)


def main(arguments: Arguments) -> int:
    """Do the verb named first and return its exit status; without a verb say what there is."""
    verbs = {verb.__name__: verb for verb in VERBS}
    verb = verbs.get(arguments[0]) if arguments else None
    if verb is None:
        lines = [f"  {name:8} {chosen.__doc__}" for name, chosen in verbs.items()]
        print("python make.py VERB, where VERB is one of", *lines, sep="\n")
        return 0 if not arguments or arguments[0] == "help" else 2
    try:
        return verb(arguments[1:])
    except SetupFailed as failed:
        announce(str(failed))
        return 1
    except KeyboardInterrupt:
        return 130


def _call(command: list[str], more: dict[str, str] | None = None) -> int:
    return subprocess.run(command, cwd=ROOT, check=False, env={**os.environ, **(more or {})}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
