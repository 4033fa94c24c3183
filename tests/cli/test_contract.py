"""The contract document is what the code does."""

from tools.contract import PATH, contract


def test_the_contract_is_not_stale() -> None:
    assert PATH.read_text(encoding="utf-8") == contract() + "\n", "run: python tools/contract.py"
