"""Long tests of what must not be lost and of who must not get in: `make torture`.

`python -m tools.torture [names]` runs each module of `RUNS` that is named, all without a name, and
writes what it counted into docs/reliability.md between `<!-- counts:NAME -->` and
`<!-- /counts:NAME -->`. With `--share 0.05` each does a twentieth of its work, and its counts go to
build/torture/reliability.md.
"""
