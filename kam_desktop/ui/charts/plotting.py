"""The plotting library, set up once. Importing it takes half a second: only charts do."""

from __future__ import annotations

import os

# It comes first: pyqtgraph takes another binding when it finds one that is imported already.
import PySide6.QtGui  # noqa: F401

os.environ["PYQTGRAPH_QT_LIB"] = "PySide6"
import pyqtgraph as pg

pg.setConfigOptions(antialias=True, useOpenGL=False)

__all__ = ["pg"]
