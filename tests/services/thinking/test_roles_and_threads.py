"""Role quota per buying centre, and the threads into centres and open opportunities.

Source: the product's rules, section 4: role quota ("0 of 1 economic buyer"); fewer than 3 threads
on an open opportunity, or no champion or economic buyer reached, is a notice.
"""

from __future__ import annotations

from kam_desktop.models.vocabulary import DecisionRole as Role
from kam_desktop.services.analysis.role_quota import RoleNeed, RoleState, missing_roles, role_needs
from kam_desktop.services.analysis.threads import DealFact, deal_threads, thread_counts
from tests.services.thinking.people import ON, facts, somebody, visits

CENTRES = {"nord": "Plant Nord", "sued": "Plant Süd"}
ONE_BUYER = {"": {Role.ECONOMIC_BUYER: 1}}


def needs_of(*people: object, centres: dict[str, str] | None = None) -> dict[str, RoleNeed]:
    known = facts(people, centres=centres)  # type: ignore[arg-type]
    return {need.centre_id: need for need in role_needs(known, ONE_BUYER)}


def test_nobody_known_is_nought_of_one() -> None:
    need = needs_of(somebody("a"))[""]
    assert (len(need.held), need.needed, need.state) == (0, 1, RoleState.MISSING)
    assert missing_roles([need]) == (need,)


def test_a_role_in_one_centre_does_not_serve_another() -> None:
    found = needs_of(
        somebody("a", roles=[(Role.ECONOMIC_BUYER, "nord")], touches=visits(2)), centres=CENTRES
    )
    assert found["nord"].state is RoleState.REACHED
    assert found["sued"].state is RoleState.MISSING


def test_a_role_in_the_whole_account_serves_each_centre() -> None:
    found = needs_of(somebody("a", roles=[Role.ECONOMIC_BUYER]), centres=CENTRES)
    assert {need.state for need in found.values()} == {RoleState.UNREACHED}


def test_an_account_without_centres_counts_roles_wherever_they_are_held() -> None:
    found = needs_of(somebody("a", roles=[(Role.ECONOMIC_BUYER, "gone")], touches=visits(2)))
    assert found[""].state is RoleState.REACHED


def test_a_vacant_seat_does_not_fill_the_quota_but_is_named() -> None:
    need = needs_of(somebody("seat", vacant=True, roles=[Role.ECONOMIC_BUYER]))[""]
    assert (need.held, need.seats, need.state) == ((), ("seat",), RoleState.VACANT)


def test_whoever_has_left_fills_nothing() -> None:
    assert needs_of(somebody("a", roles=[Role.ECONOMIC_BUYER], left_on=ON))[""].missing == 1


def test_a_centre_may_need_something_else() -> None:
    quotas = {"": {Role.CHAMPION: 1}, "nord": {Role.USER: 2}}
    found = role_needs(facts([somebody("a", roles=[Role.USER])], centres=CENTRES), quotas)
    assert [(n.centre_id, n.role, n.missing) for n in found] == [
        ("nord", Role.USER, 1),
        ("sued", Role.CHAMPION, 1),
    ]


SOUTHERN_BUYER = (Role.ECONOMIC_BUYER, "sued")
PEOPLE = [
    somebody("a", buying_centre_id="nord", touches=visits(1), roles=[(Role.CHAMPION, "nord")]),
    somebody("b", buying_centre_id="nord", touches=visits(1)),
    somebody("c", buying_centre_id="sued", touches=visits(1), roles=[SOUTHERN_BUYER]),
    somebody("d", touches=visits(1)),
    somebody("e", buying_centre_id="nord", roles=[(Role.ECONOMIC_BUYER, "nord")]),
]  # fmt: skip


def test_threads_are_counted_in_the_account_and_in_each_centre() -> None:
    counts = thread_counts(facts(PEOPLE, centres=CENTRES))
    assert {count.centre_id: count.people for count in counts} == {
        "": ("a", "b", "c", "d"),
        "nord": ("a", "b"),
        "sued": ("c",),
    }


def test_a_deal_counts_the_centre_of_its_contact_and_those_of_no_centre() -> None:
    (deal,) = deal_threads(facts(PEOPLE, centres=CENTRES), [DealFact("1", "Line 4", "e")])
    assert (deal.centre_id, deal.people, deal.few) == ("nord", ("a", "b", "d"), False)
    assert (deal.champion, deal.buyer) == (True, False)
    assert deal.unreached == (Role.ECONOMIC_BUYER,)
    assert deal.notice


def test_a_deal_without_a_contact_counts_everybody() -> None:
    (deal,) = deal_threads(facts(PEOPLE, centres=CENTRES), [DealFact("1", "Line 4")])
    assert deal.people == ("a", "b", "c", "d")
    assert not deal.notice


def test_two_threads_are_too_few() -> None:
    (deal,) = deal_threads(facts(PEOPLE[:2]), [DealFact("1", "Line 4")])
    assert deal.few
    assert len(deal.people) == 2
    assert deal.enough == 3
