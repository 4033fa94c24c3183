"""The page list: the pages of the rail, in their order. A new page is one import and one line."""

from ui.forms.consultation_form import ConsultationPage
from ui.page import Page
from ui.pages.cases import CasesPage
from ui.pages.close_month import CloseMonthPage
from ui.pages.inbox import InboxPage
from ui.pages.packages import PackagesPage
from ui.pages.report import ReportPage
from ui.pages.staff import StaffPage

PAGES: tuple[type[Page], ...] = (
    CasesPage,
    ConsultationPage,
    InboxPage,
    ReportPage,
    CloseMonthPage,
    PackagesPage,
    StaffPage,
)
