"""Makes `python -m psoas_cli` the same as `psoas`."""

from psoas_cli.main import main

main()
