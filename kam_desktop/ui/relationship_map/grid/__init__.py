"""The power grid: influence upwards, support across, changed by dragging."""
