"""An archive: one forecast a day, kept, compared with the one before, scored when history is known.

The package bears the name of its verb, so ``headlong.archive`` is both: a folder of modules, and
``headlong.archive("kabul")``, which is ``headlong.archive.api.archive``.
"""

from headlong.callable_package import make_callable

make_callable(__name__)
