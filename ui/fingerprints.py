"""A key's fingerprint as two people compare it over the phone."""


def groups(fingerprint: str) -> str:
    """A fingerprint in groups of four, four groups to a line, as it is read out."""
    parts = [fingerprint[start : start + 4] for start in range(0, len(fingerprint), 4)]
    return "\n".join(" ".join(parts[start : start + 4]) for start in range(0, len(parts), 4))
