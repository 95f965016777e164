"""Maps as SVG: valid whatever the names, nothing from outside, words to find and to hear."""

from __future__ import annotations

import base64
from xml.etree import ElementTree

import pytest

from kam_desktop.services.handouts.clean import one_line
from kam_desktop.services.handouts.poster.svg import render_svg
from tests.services.handouts.posters import (
    HOSTILE,
    SCRIPTS,
    company,
    empty_poster,
    named,
    poster,
    small,
)
from tests.services.handouts.test_poster import photo
from tests.services.test_map_scene import data, person

SVG, LINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}href"


def parsed(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text.encode("utf-8"))


def named_groups(root: ElementTree.Element) -> dict[str, ElementTree.Element]:
    return {label: group for group in root.iter(f"{SVG}g") if (label := group.get("aria-label"))}


def test_every_card_and_tie_is_a_named_group() -> None:
    groups = named_groups(parsed(render_svg(poster(small()))))
    assert {"Ana Boss", "Ben Doe", "Vacant seat", "Ben Doe reports to Ana Boss"} <= set(groups)
    ana = groups["Ana Boss"]
    assert ana.findtext(f"{SVG}title") == "Ana Boss"
    said = ana.findtext(f"{SVG}desc") or ""
    assert "Economic buyer" in said
    assert "Support: Mentor" in said


def test_words_are_outlines_with_text_over_them_that_shows_nothing() -> None:
    root = parsed(render_svg(poster(named("Ana", *SCRIPTS))))
    texts = {text.text: text for text in root.iter(f"{SVG}text")}
    assert {"Ana", "Aurora Foods", *SCRIPTS} <= set(texts)
    assert {text.get("fill") for text in texts.values()} == {"none"}
    outlines = {path.get("id"): path.get("d") for path in root.iter(f"{SVG}path")}
    used = {(use.get(LINK) or "").removeprefix("#") for use in root.iter(f"{SVG}use")}
    assert used == set(outlines)
    assert all(outline and outline.startswith("M") for outline in outlines.values())


def test_nothing_is_fetched_from_outside() -> None:
    sha = "f" * 64
    picture = photo("navy")
    text = render_svg(poster(data(person("ana", photo=sha)), photos={sha: picture}))
    root = parsed(text)
    links = {value for item in root.iter() for name, value in item.attrib.items() if "href" in name}
    (image,) = [link for link in links if not link.startswith("#")]
    assert image == f"data:image/jpeg;base64,{base64.b64encode(picture).decode()}"
    kinds = {item.tag.removeprefix(SVG) for item in root.iter()}
    assert not kinds & {"script", "style", "foreignObject", "iframe"}


def test_black_and_white_has_two_colours_and_no_photos() -> None:
    sha = "f" * 64
    content = poster(data(person("ana", photo=sha)), photos={sha: photo("navy")})
    root = parsed(render_svg(content, black_and_white=True))
    found = {item.get(name) for item in root.iter() for name in ("fill", "stroke")}
    assert found - {None} == {"none", "#000000", "#ffffff"}
    assert not list(root.iter(f"{SVG}image"))


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_nothing_but_names(name: str) -> None:
    root = parsed(render_svg(poster(named("Ana", name, account=name))))
    shown = one_line(name)
    assert shown in named_groups(root)
    assert shown in {text.text for text in root.iter(f"{SVG}text")}
    assert not list(root.iter(f"{SVG}image"))


def test_the_same_map_gives_the_same_text() -> None:
    assert render_svg(poster(small())) == render_svg(poster(small()))


def test_an_account_without_people_gets_a_friendly_page() -> None:
    texts = {text.text for text in parsed(render_svg(empty_poster())).iter(f"{SVG}text")}
    assert "No people yet" in texts


def test_a_company_fits_one_picture_of_its_own_size() -> None:
    content = poster(company(), "network")
    root = parsed(render_svg(content))
    width, height = float(root.get("width", 0)), float(root.get("height", 0))
    assert width > content.drawing.width
    assert height > content.drawing.height
    assert len(named_groups(root)) >= 500
