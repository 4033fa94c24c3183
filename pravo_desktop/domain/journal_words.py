"""The words that journals are kept in: of headers, of yes and no, of months, of classifiers.

A pattern is a list of beginnings of words, folded; ``=`` before one asks for the whole word. What
is looked up in several patterns is what the first says of which every part is found.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

WORD = re.compile(r"[^\W_]+")

HEADERS: tuple[tuple[str, str], ...] = (
    ("", "=п =п"),
    ("", "рет сан"),
    ("filed_on", "дат подач"),
    ("filed_on", "дат иск"),
    ("filed_on", "талап бер"),
    ("court_number", "суд номер"),
    ("court_number", "суд дел"),
    ("court_number", "сот номир"),
    ("court_number", "сот ис"),
    ("consent", "соглас"),
    ("consent", "келисим"),
    ("date", "дата прием"),
    ("date", "дата консульт"),
    ("date", "дата обращ"),
    ("date", "дата посещ"),
    ("date", "келген кун"),
    ("children", "кол дет"),
    ("children", "число дет"),
    ("children", "бала сан"),
    ("children", "балалар"),
    ("children", "=дети"),
    ("children", "=детеи"),
    ("came_through", "кем направ"),
    ("came_through", "кто направ"),
    ("came_through", "откуда"),
    ("came_through", "источник"),
    ("came_through", "ким жибер"),
    ("attended", "кто приш"),
    ("attended", "кто был"),
    ("attended", "присутств"),
    ("attended", "ким келди"),
    ("attended", "катыск"),
    ("specialist", "специалист"),
    ("specialist", "консультант"),
    ("specialist", "маман"),
    ("profession", "професс"),
    ("profession", "должност"),
    ("profession", "лауазым"),
    ("profession", "кызметкер"),
    ("format", "формат"),
    ("format", "форма"),
    ("format", "вид консультац"),
    ("format", "нысан"),
    ("case_kind", "семеин положен"),
    ("case_kind", "статус брак"),
    ("case_kind", "отбас жагдаи"),
    ("case_kind", "неке"),
    ("claim", "иск"),
    ("claim", "талап"),
    ("topic", "тема"),
    ("topic", "такырып"),
    ("topic", "вопрос"),
    ("topic", "причин обращ"),
    ("topic", "масел"),
    ("minutes", "минут"),
    ("minutes", "длительн"),
    ("minutes", "продолжит"),
    ("minutes", "узактыг"),
    ("note", "примеч"),
    ("note", "ескерт"),
    ("note", "коммент"),
    ("note", "содержан"),
    ("note", "рекоменд"),
    ("note", "мазмун"),
)
LAST_HEADERS = (
    ("case_number", "номер дел"),
    ("case_number", "=дело"),
    ("case_number", "=дела"),
    ("case_number", "регистрац"),
    ("case_number", "ис номир"),
    ("case_number", "тиркеу"),
    ("date", "=дата"),
    ("date", "=куни"),
    ("date", "=кун"),
)
ASPECTS = (
    ("iin", "иин"),
    ("iin", "жсн"),
    ("phone", "тел"),
    ("phone", "контакт"),
    ("phone", "баиланыс"),
    ("birth", "рожд"),
    ("birth", "туган"),
    ("birth", "=г =р"),
    ("sex", "=пол"),
    ("sex", "жыныс"),
    ("role", "=роль"),
    ("role", "=рол"),
    ("name", "фио"),
    ("name", "=ф =и =о"),
    ("name", "фамил"),
    ("name", "=имя"),
    ("name", "отчест"),
    ("name", "=аты"),
    ("name", "теги"),
    ("name", "есим"),
    ("name", "клиент"),
    ("name", "обративш"),
    ("name", "заявител"),
    ("name", "отиниш"),
)
COUPLE = ("=супругов", "=супруги", "=пара", "ерли", "=жуп", "жубаилар")
HUSBAND = ("=муж", "=мужа", "=супруг", "=супруга", "=ери", "=еринин", "куиеу")
WIFE = ("=жена", "=жены", "=супруги", "аиели", "=заиыбы")

ALIASES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "profession": (
        ("psychologist", "психолог"),
        ("lawyer", "юрист"),
        ("lawyer", "адвокат"),
        ("lawyer", "зангер"),
        ("mediator", "медиатор"),
        ("social_worker", "соц работ"),
        ("social_worker", "социальн"),
        ("social_worker", "соцработ"),
        ("social_worker", "алеуметтик"),
    ),
    "sex": (
        ("male", "муж"),
        ("male", "=м"),
        ("male", "=ер"),
        ("male", "=еркек"),
        ("female", "жен"),
        ("female", "=ж"),
        ("female", "аиел"),
        ("female", "=а"),
    ),
    "participant_role": (
        ("former_spouse", "бывш"),
        ("former_spouse", "бурынгы"),
        ("husband", "=муж"),
        ("husband", "=супруг"),
        ("husband", "куиеу"),
        ("husband", "=ери"),
        ("wife", "=жена"),
        ("wife", "=супруга"),
        ("wife", "аиел"),
        ("wife", "заиыб"),
        ("partner", "партн"),
        ("partner", "сожит"),
        ("partner", "сериктес"),
        ("guardian", "опекун"),
        ("guardian", "камкоршы"),
        ("child", "ребен"),
        ("child", "=дети"),
        ("child", "=бала"),
    ),
    "consultation_format": (
        ("phone", "тел"),
        ("online", "онлаин"),
        ("online", "online"),
        ("online", "zoom"),
        ("online", "дистанц"),
        ("group", "групп"),
        ("group", "топ"),
        ("in_person", "очн"),
        ("in_person", "личн"),
        ("in_person", "бетпе"),
        ("in_person", "жеке"),
    ),
    "case_kind": (
        ("unregistered", "граждан"),
        ("unregistered", "без регистр"),
        ("unregistered", "тиркелмеген"),
        ("divorced", "развед"),
        ("divorced", "ажырас"),
        ("married", "=в браке"),
        ("married", "состо"),
        ("married", "женат"),
        ("married", "замуж"),
        ("married", "некеде"),
    ),
    "came_through": (
        ("judge_referral", "суд направ"),
        ("judge_referral", "судья"),
        ("judge_referral", "судьи"),
        ("court", "суд"),
        ("court", "сот"),
        ("self", "сам"),
        ("self", "оз"),
        ("registry_office", "рагс"),
        ("registry_office", "загс"),
        ("registry_office", "ахат"),
        ("local_executive", "акимат"),
        ("local_executive", "аким"),
        ("police", "полиц"),
        ("social_network", "инстаграм"),
        ("social_network", "instagram"),
        ("social_network", "соц сет"),
        ("social_network", "соцсет"),
        ("acquaintance", "знаком"),
        ("acquaintance", "таныс"),
    ),
    "claim_kind": (
        ("alimony", "алимент"),
        ("residence", "жительств"),
        ("residence", "тургылыкты"),
        ("contact_order", "общени"),
        ("contact_order", "карым катынас"),
        ("divorce", "расторж"),
        ("divorce", "развод"),
        ("divorce", "ажырас"),
        ("divorce", "неке буз"),
        ("property", "имуществ"),
        ("property", "мулик"),
        ("other", "=другое"),
        ("other", "=другие"),
        ("other", "=иное"),
        ("other", "баска"),
    ),
    "topic": (
        ("reconciliation", "примир"),
        ("reconciliation", "татулас"),
        ("divorce", "развод"),
        ("divorce", "расторж"),
        ("divorce", "ажырас"),
        ("couple_relations", "отношен супруг"),
        ("couple_relations", "семеин отношен"),
        ("couple_relations", "ерли карым"),
        ("parenting", "воспитан"),
        ("parenting", "бала тарбие"),
        ("child_condition", "состоян реб"),
        ("child_residence", "жительств"),
        ("child_residence", "тургылыкты"),
        ("contact_order", "общени"),
        ("contact_order", "баламен карым"),
        ("alimony", "алимент"),
        ("property", "имуществ"),
        ("property", "мулик"),
        ("domestic_violence", "насили"),
        ("domestic_violence", "зорлык"),
        ("documents", "документ"),
        ("documents", "кужат"),
        ("social_support", "социальн поддерж"),
        ("social_support", "алеуметтик колдау"),
    ),
    "consent_state": (
        ("withdrawn", "отозва"),
        ("withdrawn", "каитарыл"),
        ("not_asked", "=не спраш"),
        ("not_asked", "=не запраш"),
        ("not_asked", "суралма"),
        ("refused", "отказ"),
        ("refused", "=не"),
        ("refused", "берилмеди"),
        ("refused", "бас тарт"),
        ("given", "дано"),
        ("given", "=дал"),
        ("given", "=дала"),
        ("given", "получен"),
        ("given", "подпис"),
        ("given", "берилди"),
        ("given", "берди"),
        ("given", "соглас"),
    ),
}
"""What journals write for the keys of classifiers besides their labels; the first that fits."""

EVERYBODY = ("оба", "обе", "=вместе", "=пара", "=супруги", "екеуи", "=бирге", "ерли", "=жуп")
YES = frozenset({"да", "иа", "ия", "есть", "бар", "yes", "true", "1", "+", "v", "✓", "✔"})
DASHES = frozenset({"-", "–", "—"})
NO = frozenset({"нет", "жок", "no", "false", "0"}) | DASHES
NOTHING = frozenset(
    {"", "-", "–", "—", "нет", "жок", "н/д", "нет данных", "белгисиз", "не указано"}
)
MONTHS = (
    ("янв", "кан"),
    ("фев", "акпан"),
    ("мар", "наурыз"),
    ("апр", "сауир"),
    ("мая", "маи", "мамыр"),
    ("июн", "маусым"),
    ("июл", "шилде"),
    ("авг", "тамыз"),
    ("сен", "кыркуиек"),
    ("окт", "казан"),
    ("ноя", "караша"),
    ("дек", "желтоксан"),
)


def fits(words: Sequence[str], pattern: str) -> bool:
    """Whether each part of a pattern is found among folded words."""
    left = list(words)
    for part in pattern.split():
        whole = part.removeprefix("=")
        found = next(
            (w for w in left if (w == whole if part[0] == "=" else w.startswith(whole))), None
        )
        if found is None:
            return False
        left.remove(found)
    return True


def first_fitting(words: Sequence[str], patterns: Iterable[tuple[str, str]]) -> str | None:
    """The key of the first pattern that fits."""
    return next((key for key, pattern in patterns if fits(words, pattern)), None)


def any_fits(words: Sequence[str], patterns: Iterable[str]) -> bool:
    """Whether one of the patterns fits."""
    return any(fits(words, pattern) for pattern in patterns)
