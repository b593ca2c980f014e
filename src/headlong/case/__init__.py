"""What is known: the schema table, the Case, reading, checking, scenarios and the gallery."""

from headlong.case.case import Case, day_counted
from headlong.case.gallery import gallery, open_case
from headlong.case.read import check, read
from headlong.case.rows import Row, Scenario, Side

__all__ = ["Case", "Row", "Scenario", "Side", "check", "day_counted", "gallery", "open_case", "read"]
