"""Shapes of results: the keys that the terminal, ``--json`` and the page read, said once for the type checker."""
