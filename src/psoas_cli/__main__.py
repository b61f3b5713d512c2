"""Runs psoas as `python -m psoas_cli`."""

from psoas_cli.main import main

main()
