"""Which function makes which paper."""

from collections.abc import Callable, Mapping
from typing import Any

from exports.papers.attendance import write_attendance_list
from exports.papers.certificate import write_certificate
from exports.papers.consent import write_consent
from exports.papers.hand_out import write_hand_out_act
from exports.papers.held_data import write_held_data
from exports.papers.journal import write_journal
from exports.papers.slip import write_slip
from exports.papers.templates import PaperKey
from pravo_desktop.i18n import Translator

MAKERS: Mapping[PaperKey, Callable[[Any, Translator, str | None], bytes]] = {
    "consent": write_consent,
    "certificate": write_certificate,
    "attendance": write_attendance_list,
    "hand_out": write_hand_out_act,
    "journal": write_journal,
    "slip": write_slip,
    "held_data": write_held_data,
}
"""Each takes the paper's content, a translator and the version of its text; returns a PDF."""
