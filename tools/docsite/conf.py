"""How Sphinx reads the site that `assemble.py` laid out."""

import importlib
import sys
import types

import headlong

project = "Headlong"
copyright = "Headlong contributors"
version = release = headlong.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx.ext.viewcode"]
exclude_patterns = ["_build"]
source_suffix = {".md": "markdown"}
default_role = "code"
myst_heading_anchors = 3
autodoc_typehints = "none"
autodoc_member_order = "bysource"
napoleon_google_docstring = False
napoleon_use_rtype = False
suppress_warnings = ["myst.header"]  # a generated page may begin below a heading of the first order

html_theme = "furo"
html_title = f"Headlong {release}"
html_show_copyright = False
html_copy_source = False
html_theme_options = {
    "footer_icons": [],
    "light_css_variables": {"code-font-size": "var(--font-size--small--3)"},  # 96 columns stand in a line
}


def public_names() -> types.ModuleType:
    """Return a module `hl` with the public names, as users write them."""
    module = types.ModuleType("hl", "Public names of Headlong.")
    for name, home in headlong._HOME.items():
        setattr(module, name, getattr(importlib.import_module(home), name))
    return module


sys.modules["hl"] = public_names()
