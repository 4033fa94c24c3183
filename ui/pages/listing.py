"""The page list: the pages of the rail, in their order. A new page is one import and one line."""

from ui.forms.consultation_form import ConsultationPage
from ui.page import Page
from ui.pages.board import BoardPage
from ui.pages.cases import CasesPage
from ui.pages.close_month import CloseMonthPage
from ui.pages.events import EventsPage
from ui.pages.figures import FiguresPage
from ui.pages.import_journal import ImportJournalPage
from ui.pages.import_receipt import ImportReceiptPage
from ui.pages.inbox import InboxPage
from ui.pages.journal import JournalPage
from ui.pages.media import MediaPage
from ui.pages.my_month import MyMonthPage
from ui.pages.packages import PackagesPage
from ui.pages.papers import PapersPage
from ui.pages.personal_data import PersonalDataPage
from ui.pages.printed import PrintedPage
from ui.pages.project import ProjectPage
from ui.pages.receipts import ReceiptsPage
from ui.pages.report import ReportPage
from ui.pages.settings import SettingsPage
from ui.pages.staff import StaffPage
from ui.pages.today import TodayPage

PAGES: tuple[type[Page], ...] = (
    TodayPage,
    CasesPage,
    ConsultationPage,
    JournalPage,
    InboxPage,
    BoardPage,
    ReceiptsPage,
    FiguresPage,
    ReportPage,
    ProjectPage,
    EventsPage,
    MediaPage,
    PrintedPage,
    CloseMonthPage,
    PapersPage,
    PersonalDataPage,
    PackagesPage,
    ImportReceiptPage,
    StaffPage,
    MyMonthPage,
    ImportJournalPage,
    SettingsPage,
)
