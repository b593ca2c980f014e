"""A second form of the model, in one file: losses and gains are no news. For tests."""

from headlong.forms import Form
from headlong.forms.form import NAMES

NO_NEWS = Form(
    "no-news",
    "strain and the lie of the land; losses and gains are no news",
    tuple(name for name in NAMES if not name.startswith("news.")),
)
