"""Handouts as PDF. Import these where a PDF is made: they load reportlab and HarfBuzz."""

from __future__ import annotations

from kam_desktop.services.handouts.pdf.brief_pages import render_brief
from kam_desktop.services.handouts.pdf.recovery import render_recovery_sheet

__all__ = ["render_brief", "render_recovery_sheet"]
