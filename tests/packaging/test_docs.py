"""What the documents say is what the program has: commands, options, codes, variables, links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from kam_desktop.cli.main import PORTFOLIO_VARIABLE, RECOVERY_VARIABLE, kam_desktop
from kam_desktop.cli.safety import FOUND_SOMETHING
from kam_desktop.services.errors import CancelledError, StorageError, UserError
from kam_desktop.services.places import HOME_VARIABLE
from kam_desktop.services.storage.vault import PASSPHRASE_VARIABLE
from kam_desktop.ui.shell.pages import further_pages, page_entries
from tests.support.documents import GUIDE, ROOT, anchors, links, markdown_files, rows, sections

REFERENCE = (GUIDE / "command-line.md").read_text("utf-8")
DECISIONS = ROOT / "docs" / "decisions"
VARIABLES = (PASSPHRASE_VARIABLE, RECOVERY_VARIABLE, PORTFOLIO_VARIABLE, HOME_VARIABLE)


def commands(group: click.Group, before: str = "") -> Iterator[tuple[str, click.Command]]:
    """Every command with its full name, e.g. ``handout brief``."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            if command.invoke_without_command:
                yield f"{before}{name}", command
            yield from commands(command, f"{before}{name} ")
        else:
            yield f"{before}{name}", command


COMMANDS = dict(commands(kam_desktop))


def _documented_options(text: str) -> set[str]:
    found: set[str] = set()
    for cells in rows(text):
        found |= set(re.findall(r"`(-[-a-z]*[a-z])`", cells[0]))
    return found


def _options(command: click.Command) -> Iterator[click.Option]:
    yield from (each for each in command.params if isinstance(each, click.Option))


def test_every_command_is_in_the_reference_and_no_other() -> None:
    assert set(sections(REFERENCE, 3)) == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_options_of_a_command_are_all_documented(name: str) -> None:
    text = sections(REFERENCE, 3)[name]
    flags = {
        flag for each in _options(COMMANDS[name]) for flag in (*each.opts, *each.secondary_opts)
    }
    assert _documented_options(text) == flags
    for option in _options(COMMANDS[name]):
        choices = option.type.choices if isinstance(option.type, click.Choice) else ()
        for choice in choices:
            assert f"`{choice}`" in text, option.name


def test_the_options_for_all_commands_are_documented() -> None:
    flags = {flag for each in _options(kam_desktop) for flag in each.opts}
    help_flags = kam_desktop.context_settings["help_option_names"]
    text = sections(REFERENCE)["Options for all commands"]
    assert _documented_options(text) == {*flags, *help_flags}


def test_the_exit_codes_are_those_of_the_errors() -> None:
    codes = {int(code) for code, _meaning in rows(sections(REFERENCE)["Exit codes"])}
    known = (UserError, StorageError, CancelledError, click.UsageError)
    assert codes == {0, FOUND_SOMETHING, *(error.exit_code for error in known)}


def test_the_environment_variables_are_documented() -> None:
    written = {
        name.strip("`") for name, _text in rows(sections(REFERENCE)["Environment variables"])
    }
    assert written == set(VARIABLES)
    named = set(re.findall(r"\bKAM_DESKTOP_[A-Z_]+", _source_text()))
    assert named == written, "the program names a variable that the guide does not know"


def _source_text() -> str:
    return "".join(path.read_text("utf-8") for path in (ROOT / "kam_desktop").rglob("*.py"))


def test_every_page_of_the_window_is_in_the_guide() -> None:
    text = "".join(path.read_text("utf-8") for path in GUIDE.glob("*.md"))
    for entry in (*page_entries(), *further_pages()):
        assert re.search(rf"\b{entry.title}\b", text), entry.title


@pytest.mark.parametrize(
    "path", markdown_files(), ids=lambda path: path.relative_to(ROOT).as_posix()
)
def test_every_link_and_picture_leads_somewhere(path: Path) -> None:
    broken = []
    for link in links(path.read_text("utf-8")):
        if link.startswith("https://"):
            continue
        name, _hash, anchor = link.partition("#")
        target = (path.parent / name) if name else path
        there = target.exists() and (
            not anchor or target.suffix != ".md" or anchor in anchors(target.read_text("utf-8"))
        )
        if not there:
            broken.append(link)
    assert broken == []


def test_every_page_of_the_guide_and_every_decision_is_in_its_index() -> None:
    for folder in (GUIDE, DECISIONS):
        listed = links((folder / "README.md").read_text("utf-8"))
        pages = {path.name for path in folder.glob("*.md")} - {"README.md"}
        assert pages - set(listed) == set(), folder.name


def test_every_target_of_make_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    targets = re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert [name for name in targets if not re.search(rf"`?make {name}\b", readme)] == []
