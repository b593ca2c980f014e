"""Run the command line: ``python -m headlong``."""

from headlong.cli import main

main()
