"""The version, alone, so that nothing below needs the package's front door."""

__version__ = "0.1.0"
