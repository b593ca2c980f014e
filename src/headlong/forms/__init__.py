"""Forms of the model: which of the core's covariates and strains act. One file each; the default is named here."""

from headlong.forms.form import Form
from headlong.forms.shares import SHARES

__all__ = ["DEFAULT", "SHARES", "Form"]

DEFAULT = SHARES
"""The form that forecasts use: the one that did best on wars left out (docs/model-log.md)."""
