"""`python -m docanalyze` is the `docanalyze` command."""

from docanalyze.cli import main

raise SystemExit(main())
