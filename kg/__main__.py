"""python -m kg is unkg."""

from kg.cli import main

main()
