"""The sample portfolio: fictional clients that show every feature at its best.

The stories are data (``resources/sample/portfolio.json``); the modules here turn them into records
around today, so that there is always a meeting tomorrow. The same day gives the same portfolio.
"""

from kam_desktop.services.sample.making import create_sample_portfolio, fill_with_sample

__all__ = ["create_sample_portfolio", "fill_with_sample"]
