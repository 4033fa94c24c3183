"""A year of two months and three centres, with figures of one's choice, for fast replays."""

from copy import deepcopy
from typing import Any

from pravo_desktop.demo.year import Figures, Year, read_year

CATEGORIES = (
    "youth",
    "civil_servant",
    "budget",
    "disability",
    "senior",
    "unemployed",
    "ngo",
    "business",
    "other",
)


def figure(
    indicator: str,
    expected: float,
    *,
    region: str = "all",
    breakdown: str | None = None,
    key: str | None = None,
) -> dict[str, Any]:
    return {
        "indicator": indicator,
        "region": region,
        "breakdown": breakdown,
        "key": key,
        "stated": expected,
        "expected": expected,
        "reason": None,
    }


def split(
    indicator: str, breakdown: str, values: dict[str, float], *, total: bool = True
) -> list[dict[str, Any]]:
    rows = [figure(indicator, value, breakdown=breakdown, key=key) for key, value in values.items()]
    return [*rows, figure(indicator, sum(values.values()))] if total else rows


def by_region(indicator: str, values: dict[str, int]) -> list[dict[str, Any]]:
    rows = [figure(indicator, value, region=region) for region, value in values.items()]
    return [*rows, figure(indicator, sum(values.values()))]


def small_year(
    *,
    couples: dict[str, int] | None = None,
    consultations: dict[str, int] | None = None,
    men: int = 10,
    women: int = 11,
    children: int = 15,
    categories: dict[str, float] | None = None,
    claims: dict[str, float] | None = None,
) -> Year:
    """Astana, Akmola (restored from a backup) and Turkistan (open from February)."""
    adults = dict.fromkeys(CATEGORIES, 1.0) | {"other": float(men + women - len(CATEGORIES) + 1)}
    rows = [
        *by_region("couples", couples or {"astana": 6, "akmola": 4, "turkistan": 2}),
        *by_region("consultations", consultations or {"astana": 14, "akmola": 7, "turkistan": 3}),
        *split(
            "participants",
            "sex",
            {"men": men, "women": women, "children": children},
        ),
        *split("participants", "category", {**(categories or adults), "children": children})[:-1],
        *split("claims", "kind", claims or {"divorce": 5, "alimony": 3, "other": 1}),
        *split("outcomes", "kind", {"reconciled": 3, "agreement": 2}, total=False),
        *by_region("studies", {"turkistan": 1}),
        figure("mediations", 1),
        figure("advice", 4),
        figure("specialist_trainings", 2),
        figure("round_tables", 1),
        *by_region("young_couple_trainings", {"astana": 2, "turkistan": 2}),
        *by_region("campaign_actions", {"akmola": 1}),
        figure("staff", 9),
        *split(
            "satisfaction",
            "question",
            {"q_access": 95, "q_recommend": 94, "q_trainer": 96, "q_useful": 91, "q_comfort": 90},
            total=False,
        ),
        figure("satisfaction", 93.2),
        figure("satisfaction_answers", 100),
        figure("publications", 9),
        figure("local_publications", 2),
        figure("tv_appearances", 1),
        figure("videos", 2),
        figure("video_views", 1001),
        figure("booklets", 500),
    ]
    return Year(Figures({"year": 2024, "figures": rows, "reasons": []}), _small_world())


def _small_world() -> dict[str, Any]:
    world = deepcopy(dict(read_year().world))
    world["last_day"] = "2024-02-29"
    world["reported_on"] = "2024-02-29"
    world["imported_on"] = "2024-04-01"
    centres = world["centres"]
    world["centres"] = {key: centres[key] for key in ("astana", "akmola", "turkistan")}
    world["centres"]["turkistan"]["opened_on"] = "2024-02-01"
    world["packages"]["amended"] |= {
        "centre": "astana",
        "month": "2024-01",
        "corrected_on": "2024-02-14",
    }
    world["packages"]["restored"] |= {
        "centre": "akmola",
        "backed_up_on": "2024-02-06",
        "restored_on": "2024-02-20",
    }
    world["packages"]["late"] = 2
    world["families"]["mediation_result"] = {"agreement": 1}
    world["events"]["round_table"]["month"] = 2
    world["proposals"] = [{**line, "proposed_on": "2024-02-12"} for line in world["proposals"]]
    world["notes"] = [
        {
            "station": "akmola",
            "months": [2],
            "section": "services",
            "kind": "explanation",
            "text": "Деректер көшірмеден қалпына келтірілді.",
        }
    ]
    return world
