"""How files made by older versions become today's: one module per schema version.

``v0002_….py`` takes version 1 to version 2, and so on; each has ``upgrade()``, which uses
``alembic.op``. Migrations add; they do not remove or rename. Version 1 is the first there was, so
there is nothing to do for it.
"""
