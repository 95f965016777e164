"""``map`` on the command line: every view and format, saved maps, the past, and refusals."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from xml.etree import ElementTree

import click.testing
import pypdfium2
import pytest

from kam_desktop.cli.main import kam_desktop
from tests.cli.conftest import Ask, Run

ACCOUNT = "Aurora Foods"
VIEWS = ("org", "network", "grid", "coverage", "ego")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample portfolio, made once."""
    folder = tmp_path_factory.mktemp("sample")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KAM_DESKTOP_PASSPHRASE", "long enough for a test")
        patch.setenv("KAM_DESKTOP_HOME", str(folder / "home"))
        words = ["--portfolio", str(folder / "p.kam"), "sample"]
        assert click.testing.CliRunner().invoke(kam_desktop, words).exit_code == 0
    return folder


@pytest.fixture(autouse=True)
def sample(made: Path, tmp_path: Path) -> None:
    for file in made.glob("p.kam*"):
        shutil.copy(file, tmp_path / file.name)


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_comes_as_data_as_picture_and_as_poster(
    view: str, run: Run, tmp_path: Path
) -> None:
    told = json.loads(run("map", ACCOUNT, "--view", view).stdout)
    assert told["view"] == view
    assert told["people"]
    assert bool(told["contacts"]) == (view == "coverage")
    placed = [one for one in told["people"] if one["place"]]
    assert bool(placed) == (view != "coverage")
    picture, poster = tmp_path / "map.svg", tmp_path / "map.pdf"
    run("map", ACCOUNT, "--view", view, "--format", "svg", "-o", picture)
    run("map", ACCOUNT, "--view", view, "--format", "pdf", "--paper", "a3", "-o", poster)
    # On the grid, long names are cut.
    name = min((one["name"] for one in told["people"] if one["name"]), key=len)
    assert name in "".join(ElementTree.parse(picture).getroot().itertext())
    assert name in text_of(poster.read_bytes())


def test_people_and_ties_are_the_same_in_every_drawn_view(run: Run) -> None:
    org = json.loads(run("map", ACCOUNT, "--map", "who decides").stdout)
    network = json.loads(run("map", ACCOUNT, "--map", "Who listens to whom").stdout)
    assert (org["view"], network["view"]) == ("org", "network")
    assert org["map"]["title"] == "Who decides"
    assert network["map"]["title"] == "Who listens to whom"
    ids = {one["id"] for one in org["people"]}
    assert all(tie["from"] in ids and tie["to"] in ids for tie in org["ties"])
    assert {tie["kind"] for tie in network["ties"]} >= {"influences", "allied"}


def test_paper_and_orientation_are_those_asked_for(run: Run, tmp_path: Path) -> None:
    poster = tmp_path / "map.pdf"
    run("map", ACCOUNT, "--format", "pdf", "--paper", "Tabloid", "--orientation", "landscape",
        "--black-and-white", "-o", poster)  # fmt: skip
    size = pypdfium2.PdfDocument(poster)[0].get_size()
    assert tuple(round(length) for length in size) == (1224, 792)


def test_around_a_person_to_a_distance(run: Run) -> None:
    wide = json.loads(run("map", ACCOUNT, "--view", "ego").stdout)
    person = next(one for one in wide["people"] if one["id"] != wide["around"] and one["name"])
    near = json.loads(
        run("map", ACCOUNT, "--view", "ego", "--person", person["name"].upper(),
            "--distance", "1").stdout
    )  # fmt: skip
    assert near["around"] == person["id"]
    assert near["distance"] == 1
    assert person["id"] in {one["id"] for one in near["people"]}
    assert near["not_shown"] >= 0


def test_a_file_is_answered_for(ask: Ask, tmp_path: Path) -> None:
    answer = ask("map", ACCOUNT, "-o", tmp_path / "map.json")
    assert set(answer) == {"account", "view", "file"}
    assert json.loads((tmp_path / "map.json").read_text("utf-8"))["account"]["name"] == ACCOUNT


def test_a_file_becomes_what_its_name_ends_with(run: Run, tmp_path: Path) -> None:
    for name, begins in (("map.svg", b"<?xml"), ("map.PDF", b"%PDF-"), ("map.txt", b"{")):
        assert run("map", "Aurora Foods", "-o", str(tmp_path / name)).exit_code == 0
        assert (tmp_path / name).read_bytes().startswith(begins)
    for name, begins in (("people.csv", b"\xef\xbb\xbf"), ("people.vcf", b"BEGIN:VCARD")):
        assert run("people", "export", "-o", str(tmp_path / name)).exit_code == 0
        assert (tmp_path / name).read_bytes().startswith(begins)


def test_an_svg_goes_to_standard_output(run: Run) -> None:
    told = run("map", ACCOUNT, "--format", "svg").stdout
    assert ElementTree.fromstring(told.encode("utf-8")).tag.endswith("svg")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--map", "Nowhere"), "“Who decides” (org)"),
        (("--person", "Nobody"), "Nobody on this map is called “Nobody”"),
        (("--at", "1999-01-01"), "portfolio"),
        (("--at", "yesterday"), "not a date"),
        (("-o", "/nowhere/map.json"), "is not there"),
    ],
)
def test_what_cannot_be_done_is_said(words: tuple[str, str], said: str, run: Run) -> None:
    assert said in run("map", ACCOUNT, *words, code=1).stderr


def test_an_unknown_account_or_view_is_refused(run: Run) -> None:
    assert "no account" in run("map", "Nobody & Sons", code=1).stderr
    run("map", ACCOUNT, "--view", "pie", code=2)
    run("map", ACCOUNT, "--distance", "9", code=2)


def test_the_portfolio_itself_is_never_written_over(run: Run, tmp_path: Path) -> None:
    before = (tmp_path / "p.kam").read_bytes()
    run("map", ACCOUNT, "-o", tmp_path / "p.kam", code=1)
    assert (tmp_path / "p.kam").read_bytes() == before


def test_as_it_was_says_the_day(run: Run) -> None:
    now = json.loads(run("map", ACCOUNT).stdout)
    assert now["at"] is None
    then = json.loads(run("map", ACCOUNT, "--at", now["as_of"]).stdout)
    assert then["as_of"] == now["as_of"]
    assert then["at"]
    assert {one["id"] for one in then["people"]} == {one["id"] for one in now["people"]}
