"""Puts the program together: a data folder, its keys, its clock and the person who signed in."""

from db.engine import damage_told as damage_told
from db.engine import known_damage as known_damage
from pravo_desktop.bootstrap.creating import Created as Created
from pravo_desktop.bootstrap.creating import Specialist as Specialist
from pravo_desktop.bootstrap.creating import create_workplace as create_workplace
from pravo_desktop.bootstrap.opening import logins as logins
from pravo_desktop.bootstrap.opening import open_with_sheet as open_with_sheet
from pravo_desktop.bootstrap.opening import open_workplace as open_workplace
from pravo_desktop.bootstrap.opening import sign_in_wait as sign_in_wait
from pravo_desktop.bootstrap.workplace import Workplace as Workplace
from pravo_desktop.security.passwords import check_password as check_password
from pravo_desktop.security.recovery import new_code as new_code
