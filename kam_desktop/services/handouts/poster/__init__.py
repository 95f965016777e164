"""A view of the relationship map on paper and as a file: posters as PDF, and SVG.

``content`` says what a poster shows, ``sheets`` lays it out on paper as marks; ``pdf`` and ``svg``
draw those. Import ``pdf`` and ``svg`` where a file is made: they load reportlab and HarfBuzz.
"""
