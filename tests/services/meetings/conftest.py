from __future__ import annotations

import pytest

from kam_desktop.services.storage.portfolio import Portfolio
from tests.services.meetings.world import World, make_world


@pytest.fixture
def world(portfolio: Portfolio) -> World:
    return make_world(portfolio)
