"""The command line: each verb parses, calls and prints. Heavy imports stand inside the verbs."""

from headlong.cli.group import headlong, main
from headlong.cli.verbs import (
    archiving,
    calibrate_verify,
    cases,
    flight,
    forecasting,
    importing,
    nowcasting,
    page,
    reading,
)

__all__ = [
    "archiving",
    "calibrate_verify",
    "cases",
    "flight",
    "forecasting",
    "headlong",
    "importing",
    "main",
    "nowcasting",
    "page",
    "reading",
]
