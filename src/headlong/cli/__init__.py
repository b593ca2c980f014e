"""The command line: each verb parses, calls and prints. Heavy imports stand inside the verbs."""

from headlong.cli import cases, forecasting, learning, nowcasting, pages, reading
from headlong.cli.group import headlong, main

__all__ = ["cases", "forecasting", "headlong", "learning", "main", "nowcasting", "pages", "reading"]
