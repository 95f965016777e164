"""The sample portfolio: fictional clients that show every feature at its best.

The stories are data (``resources/sample/portfolio.json``); the modules here turn them into records
around today, so that there is always a meeting tomorrow. The same day gives the same portfolio.
"""

from kam_desktop.services.sample.making import (
    SAMPLE_PASSPHRASE,
    create_sample_portfolio,
    fill_with_sample,
    open_sample_portfolio,
)

__all__ = [
    "SAMPLE_PASSPHRASE",
    "create_sample_portfolio",
    "fill_with_sample",
    "open_sample_portfolio",
]
