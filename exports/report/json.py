"""The report's figures as JSON, for other programs; the keys are in ``docs/contract.md``."""

import json
from dataclasses import asdict

from exports.report.content import ReportContent


def report_json(content: ReportContent) -> str:
    """The figures in the order of the content; dates are ISO 8601, a missing value is null."""
    return json.dumps(
        {
            "from": content.period.from_.isoformat(),
            "to": content.period.to.isoformat(),
            "as_of": content.as_of.isoformat(),
            "state_hash": content.state_hash,
            "rows": [asdict(row) for row in content.rows],
        },
        ensure_ascii=False,
        indent=1,
    )
