"""Words that the catalogues and texts do not use, with the term of the glossary in their place."""

from typing import NamedTuple


class Term(NamedTuple):
    """A term and what was, or easily is, written for it.

    Args:
        meaning: in English.
        language: ``kk`` or ``ru``.
        term: the word of the glossary.
        never: a regular expression of the variants, matched without regard to capital letters.
    """

    meaning: str
    language: str
    term: str
    never: str


TERMS = (
    Term("package", "kk", "топтама", r"\bпакет"),
    Term("folder", "kk", "бума", r"\bпапка|\bқалта"),
    Term("case of the centre", "ru", "кейс", r"номера\w* дел\b(?! в суде)"),
    Term("head of the centre", "kk", "орталық басшысы", r"меңгеруші|жетекші|\bдиректор"),
    Term("head of the centre", "ru", "руководитель центра", r"заведующ|\bдиректор"),
    Term("headquarters", "kk", "бас кеңсе", r"штаб|бас офис"),
    Term("headquarters", "ru", "головной офис", r"\bштаб|главный офис|центральный офис"),
    Term("centre", "kk", "отбасын ресурстық қолдау орталығы", r"отбасын\w* қолдау\w*"),
    Term("centre", "ru", "центр ресурсной поддержки семьи", r"центр\w* поддержки семьи"),
    Term("centre", "ru", "центр ресурсной поддержки семьи", r"ресурсн\w+ центр"),
    Term("fingerprint of a key", "kk", "сандық із", r"саусақ"),
    Term("password", "kk", "құпиясөз", r"пароль|құпия сөз"),
    Term("backup", "kk", "сақтық көшірме", r"резерв|бэкап"),
    Term("backup", "ru", "резервная копия", r"бэкап|бекап"),
    Term("archive", "kk", "мұрағат", r"\bархив"),
    Term("to lock", "kk", "бұғаттау", r"құлыпта"),
    Term("damaged", "kk", "бүлінген", r"зақымда"),
    Term("form on the screen", "kk", "нысан", r"\bформа(?!т|л)"),
    Term("vacancy", "kk", "бос лауазым", r"бос орын(дар|ды|ға| алып| сақтал| қосу|$)"),
    Term("workplace", "kk", "жұмыс орны", r"станция"),
    Term("workplace", "ru", "рабочее место", r"\bстанци"),
    Term("registry office", "kk", "АХАТ", r"АХАЖ"),
    Term("persons with disability", "kk", "мүгедектігі бар адамдар", r"мүгедектер"),
    Term("claim", "kk", "талап қою", r"талап арыз"),
    Term("administrator", "kk", "орталық басшысы", r"\bәкімші"),
    Term("meeting", "ru", "встреча", r"\bвизит"),
    Term("one-off advice", "ru", "разовый совет", r"\bразов\w+ консультаци"),
    Term("signature", "kk", "қолтаңба", r"подпись|қол таңба"),
    Term("to print", "kk", "басып шығару", r"баспаға шығар|принттеу"),
    Term("to request again", "kk", "қайта сұрату", r"қайта сұраңыз"),
    Term("to replay", "kk", "қайта құру", r"ойнат"),
    Term("personal data", "kk", "дербес деректер", r"жеке дерек"),
    Term("USB stick", "kk", "флешка", r"USB-тасы|USB-жинақ"),
    Term("beneficiary", "kk", "қатысушы", r"бенефициар|пайда алушы"),
    Term("substitute", "kk", "алмастырушы", r"\bауыстырушы"),
    Term("button", "kk", "батырма", r"\bтүйме"),
    Term("arrow key", "kk", "бағыттауыш", r"көрсеткі(?!ш|зет)"),
    Term("husband", "kk", "ері", r"\bкүйеуі"),
    Term("outcome", "ru", "результат", r"\bисход(?!н)"),
    Term("to delete", "kk", "жою", r"(?<!&)\bөші[рл]"),
    Term("real", "kk", "нақты", r"\bнағыз"),
    Term("control total", "kk", "бақылау қосындысы", r"бақылау сома"),
    Term("rate of employment", "kk", "мөлшерлеме", r"\bставка"),
)
"""Found while all strings were read in context; a variant comes back only with its reason here."""

STAYS_LATIN = frozenset(
    {
        *("A", "B", "C", "D", "E", "F", "K", "N", "Z", "a", "f"),
        *("PDF", "XLSX", "DOCX", "CSV", "JSON", "SHA", "RSA", "PKCS", "USB", "Excel", "Word"),
        *("Ctrl", "Shift", "Alt", "Enter", "Esc", "Backspace", "Delete"),
        *("PRAVO", "NOW", "Pravo", "Desktop", "stdout", "use", "case", "args", "as"),
        *("docs", "contract", "md", "xlsx", "docx", "csv", "txt", "xls", "pdf", "json", "pravo"),
        *(
            "kostanay",
            "office",
            "example",
            "kz",
            "station",
            "password",
            "file",
            "release",
            "replay",
        ),
    }
)
"""Names, keys, formats and words of the command line, which are the same in every language."""
