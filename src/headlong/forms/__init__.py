"""Forms of the model: columns of the law of loss, priors, what strain does. One file each."""

from headlong.forms.form import Covariate, Form
from headlong.forms.shares import SHARES

__all__ = ["DEFAULT", "SHARES", "Covariate", "Form"]

DEFAULT = SHARES
"""The form that forecasts use: the one that did best on wars left out (docs/model-log.md)."""
