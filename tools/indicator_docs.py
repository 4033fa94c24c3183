"""Writes ``docs/indicators.md`` from the registry of indicators; with ``--check`` only compares."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from pravo_desktop.domain.indicators import INDICATORS, Indicator  # noqa: E402
from pravo_desktop.resources import classifiers  # noqa: E402

PAGE = ROOT / "docs" / "indicators.md"

_INTRODUCTION = """\
# Indicators

Made from `pravo_desktop/domain/indicators.py` by `tools/indicator_docs.py`; do not edit.

Each figure is defined once; the screen, the report, its documents and its checks take it from the
same query (`db/figures/`). *records* is the number of counted records, *distinct* the number of
different cases or people, *sum* the sum of an amount, *share* a share in percent. A breakdown
marked with `*` does not add up to the total.
"""


def page() -> str:
    """The text of the page."""
    return "\n".join([_INTRODUCTION, *(line for item in INDICATORS for line in _section(item))])


def _section(indicator: Indicator) -> Iterator[str]:
    lists = classifiers()
    split = ", ".join(f"{one.name}{'' if one.partition else '*'}" for one in indicator.breakdowns)
    yield f"## {indicator.key}\n"
    yield f"{lists.indicators[indicator.key].en}. {indicator.definition}\n"
    yield (
        f"Section `{indicator.section}`, unit `{indicator.unit}`, {indicator.counted}, "
        f"version {indicator.version}; breakdowns: {split or 'none'}.\n"
    )


def main() -> int:
    """Writes the page, or with ``--check`` returns 1 when it is stale."""
    if "--check" in sys.argv[1:]:
        return int(not PAGE.exists() or PAGE.read_text(encoding="utf-8") != page())
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
