"""Editing the numbers behind the relationship map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kam_desktop.models.vocabulary import RuleKind
from kam_desktop.services.analysis.relationship_rules import parse_relationship_rules
from kam_desktop.services.queries.relationship_rules import relationship_rules

if TYPE_CHECKING:
    from kam_desktop.services.storage.unit_of_work import UnitOfWork


def save_relationship_rules(work: UnitOfWork, body: dict[str, Any]) -> int:
    """Put edited numbers in force as a new version and return it; older versions are kept.

    Raises `UserError` whose field names the value that makes no sense.
    """
    from kam_desktop.models.registry import RuleSet

    version = relationship_rules(work.reader).version + 1
    parse_relationship_rules(body, version)
    work.add(RuleSet(kind=RuleKind.RELATIONSHIPS, version=version, valid_from=work.now, body=body))
    return version
