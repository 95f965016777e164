"""KAM Desktop: client dossiers, relationship maps and meeting preparation, offline."""

__version__ = "0.1.0"
