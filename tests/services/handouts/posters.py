"""Maps to be put on paper: few people, a whole company, names of every script, and none."""

from __future__ import annotations

import datetime as dt
import random

from kam_desktop.models.vocabulary import ContactCoverage, RelationshipLevel, TieKind
from kam_desktop.services.card_marks import Detail
from kam_desktop.services.handouts.poster.content import PosterContent
from kam_desktop.services.legend_marks import map_legend, role_legend, used_keys
from kam_desktop.services.map_marks import left_out_ties, map_drawing
from kam_desktop.services.map_scene import build_scene
from kam_desktop.services.marks import Drawing
from kam_desktop.services.queries.relationship_map import MapData, PersonCard, TieLine
from tests.services.test_map_scene import line, person

SCRIPTS = (
    "محمد حسن",
    "田中 太郎",
    "김철수",
    "Σοφία",
    "Анна Иванова",
    "דוד לוי",
    "สมชาย",
    "राजेश",
)
LEFT_TO_RIGHT = ("Rossi", "Ångström", "田中", "Σοφία", "Müller-Lüdenscheidt")
HOSTILE = (
    '<img src="/etc/passwd">', "]]>", "a\x00b\x1b[31m", "&amp; <b>bold</b>", "\ud800 lone",
    "\u202eesrever", "x" * 300, "'\"`${7*7}", "\ufffe\uffff",
)  # fmt: skip
DAY = dt.date(2026, 11, 20)


def poster(
    data: MapData, view: str = "org", *, photos: dict[str, bytes] | None = None, title: str = ""
) -> PosterContent:
    """The poster of an org chart or network."""
    scene = build_scene(data, view)
    out = left_out_ties(scene)
    legend = (*map_legend(used_keys(scene, out)), *role_legend(c.roles for c in scene.cards))
    return PosterContent(
        data.account_name, view, title, len(data.people), DAY,
        map_drawing(scene), map_drawing(scene, Detail.FAR), legend,
        ties_left_out=len(out), photos=photos or {},
    )  # fmt: skip


def empty_poster() -> PosterContent:
    """An account of which nobody is known."""
    return PosterContent("Aurora Foods", "org", "", 0, DAY, Drawing())


def named(*names: str, account: str = "Aurora Foods") -> MapData:
    """People who all report to the first one."""
    people = tuple(
        person(f"p{at}", name=name, title="Head of procurement", support=at % 5 - 2, influence=at)
        for at, name in enumerate(names)
    )
    ties = tuple(line(f"p{at}", "p0") for at in range(1, len(names)))
    return MapData("a", account, None, people, ties)


def small() -> MapData:
    """Five people with one of everything."""
    boss = person(
        "ana", name="Ana Boss", title="Chief executive", roles=("economic_buyer",), support=2,
        influence=9, coverage="in_depth", level="vendor", level_wanted="trusted_adviser",
        strength=0.8, owner_name="Jana Kern",
    )  # fmt: skip
    faded = person(
        "ben", name="Ben Doe", title="Plant director", support=-1, influence=5, level="vendor",
        certainty={"support": 0.1, "level": 0.1},
        roles=("user", "technical_evaluator", "gatekeeper"),
    )  # fmt: skip
    seat = person("seat", name="", title="Head of quality", vacant=True, strength=None)
    guest = person("eva", name="Eva Guest", external=True, support=0)
    gone = person("kim", name="Kim Gone", title="Buyer", left_on=dt.date(2026, 1, 2))
    ties = (
        line("ben", "ana"), line("seat", "ana"), line("kim", "ben"),
        line("eva", "ana", "influences", solid=False), line("ben", "eva", "conflict", solid=False),
    )  # fmt: skip
    return MapData("a", "Aurora Foods", None, (boss, faded, seat, guest, gone), ties)


def company(people: int = 500, others: int = 1000) -> MapData:
    """A company in which everybody but the head reports to somebody, with ties across."""
    rng = random.Random(7)
    cards = tuple(_somebody(rng, at) for at in range(people))
    ties = [line(f"p{at}", f"p{(at - 1) // 6}") for at in range(1, people)]
    kinds = [kind for kind in TieKind if kind is not TieKind.REPORTS_TO]
    for at in range(others):
        one, two = rng.sample(range(people), 2)
        strength = rng.choice((None, 1, 3, 5))
        ends = (f"p{one}", f"p{two}", rng.choice(kinds))
        ties.append(TieLine(f"t{at}", *ends, strength, "", False))
    return MapData("a", "Northern Lights", None, cards, tuple(ties))


def _somebody(rng: random.Random, at: int) -> PersonCard:
    return person(
        f"p{at}", name=f"Person {at} {rng.choice(LEFT_TO_RIGHT)}", title="Head of procurement",
        support=rng.choice((None, -2, -1, 0, 1, 2)), influence=rng.choice((None, *range(11))),
        coverage=rng.choice((None, *map(str, ContactCoverage))), strength=rng.random(),
        level=rng.choice((None, *map(str, RelationshipLevel))), owner_name="Jana Kern",
    )  # fmt: skip
