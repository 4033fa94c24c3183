"""What each code says: one table for the window, the command line and exports.

A sentence tells what happened, why, and what to do next; a finding of a form is one short line.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from pravo_desktop.errors import KnownError
from pravo_desktop.i18n import N_, Translator
from pravo_desktop.resources import classifiers

_CLASSIFIERS = {
    "section": "section",
    "region": "region",
    "centre": "centre",
    "roles": "role",
}
_MONTH = re.compile(r"\d{4}-\d{2}", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\S+", re.ASCII)

MESSAGES: Mapping[str, str] = {
    # Forms
    "field_required": N_("Fill in this field."),
    "key_unknown": N_("This value is not in the list. Choose one from the list."),
    "number_out_of_range": N_("Enter a number from {minimum} to {maximum}."),
    "text_too_long": N_("The text is too long: at most {maximum} characters fit. Shorten it."),
    "text_contains_iin": N_(
        "This text leaves the centre, but it holds a twelve-digit number that may be an IIN. "
        "Take it out."
    ),
    "text_contains_phone": N_(
        "This text leaves the centre, but it holds somebody's phone number. Take it out."
    ),
    "text_contains_name": N_(
        "This text leaves the centre, but it holds the surname of a person known to the centre. "
        "Take it out."
    ),
    "date_in_future": N_("This date is in the future. Check it."),
    "dates_out_of_order": N_("The end is before the beginning. Check both dates."),
    "month_invalid": N_("“{text}” is not a month. Write it as 2024-05."),
    "period_reversed": N_("The period ends ({last}) before it begins ({first}). Swap the dates."),
    "attendee_required": N_("Choose who came. If nobody did, it is not a consultation."),
    "attendee_not_of_case": N_("This person is not of this case. Add them to the case first."),
    "specialist_unknown": N_("There is no such specialist. Choose one from the list."),
    "outside_employment": N_(
        "On this day the specialist did not work at the centre. Check the date, or say why."
    ),
    "spouse_age_unusual": N_("The age of {age} is unusual. Check the year of birth, or say why."),
    "iin_characters": N_("An IIN has digits only. It is not saved: check it against the document."),
    "iin_length": N_("An IIN has 12 digits. It is not saved: check it against the document."),
    "iin_zeros": N_("An IIN cannot be all zeros. It is not saved: leave the field empty."),
    "iin_not_issued": N_("No such IIN is issued. It is not saved: check it against the document."),
    "iin_check_digit": N_(
        "The IIN has a mistyped digit. It is not saved: check it against the document."
    ),
    "iin_century": N_("The seventh digit of the IIN is unusual. Check it against the document."),
    "iin_date_impossible": N_(
        "The first digits of the IIN are no date. Check them against the document."
    ),
    "iin_date_future": N_("By the IIN the person is not born yet. Check it against the document."),
    "iin_birth_date": N_(
        "The date of birth differs from the IIN. Such numbers exist: check, and leave it if right."
    ),
    "iin_sex": N_(
        "The sex differs from the IIN. Such numbers exist: check, and leave it if right."
    ),
    "phone_format": N_("This is not a phone number. Write it as +7 701 123 45 67."),
    "phone_code_unknown": N_("The phone code is unknown. Check it, and leave it if right."),
    # Signing in and keys
    "wrong_password": N_("The user name or the password is wrong. Check the keyboard language."),
    "password_too_short": N_("The password is too short: use at least {minimum} characters."),
    "password_common": N_("This password is easy to guess. Choose another one."),
    "password_contains_login": N_("The password contains the user name. Choose another one."),
    "login_taken": N_("There is already an account with this user name. Choose another one."),
    "account_unknown": N_("There is no such account. Check the user name."),
    "last_account": N_("The last account cannot be removed: nobody could sign in any more."),
    "recovery_code_mistyped": N_(
        "Group {group} of the recovery code is mistyped. Compare it with the printed sheet."
    ),
    "recovery_code_wrong": N_(
        "This recovery code does not open the data. Take the sheet printed for this folder."
    ),
    "key_slots_exist": N_("This folder already has accounts. Choose an empty folder."),
    "key_slots_missing": N_(
        "The file with the accounts is missing from the data folder. Restore a backup copy."
    ),
    "key_slots_damaged": N_(
        "The file with the accounts is damaged or has been altered. Restore a backup copy."
    ),
    "key_slots_newer": N_(
        "The file with the accounts was written by a newer version of the program. Update the "
        "program."
    ),
    # Signatures
    "signing_key_locked": N_("The signing key was not opened: the password is wrong."),
    "fingerprint_malformed": N_(
        "This is not a key's fingerprint: it has 64 digits and letters from a to f. Copy it again."
    ),
    "certificate_unsupported": N_(
        "Keys of this kind are not supported. The package must be signed in this program."
    ),
    "signing_time_outside_certificate": N_(
        "Signed on {signed_at}, but the certificate is valid from {valid_from} to {valid_until}. "
        "Check the date of the computer that signed."
    ),
    "signature_wrong": N_(
        "The signature is not valid: the file was altered after signing. Ask for the package again."
    ),
    # Database
    "database_unreadable": N_(
        "The database {file} could not be opened: it is damaged, or its key differs. Restore "
        "a backup copy."
    ),
    "database_newer": N_(
        "The database was made by a newer version of the program. Update the program."
    ),
    "record_not_found": N_("This record is not there any more. Open the list again."),
    # The file of a package
    "not_a_package": N_("This file is not a data package. Choose an .xlsx file made by a centre."),
    "file_too_large": N_("The file is larger than a data package may be. Choose another file."),
    "zip_malformed": N_(
        "The file is damaged: its inner order is broken. Ask for the package again."
    ),
    "zip_encrypted": N_(
        "The file is under a password ({part}). Ask for the package as the program made it."
    ),
    "zip_comment": N_(
        "The file carries an added comment and may have been altered. Ask for the package again."
    ),
    "zip_extra_field": N_(
        "Part {part} of the file carries added data and may have been altered. Ask for the package "
        "again."
    ),
    "zip_leading_bytes": N_(
        "Data was added before the beginning of the file. Ask for the package again."
    ),
    "zip_trailing_bytes": N_(
        "Data was added after the end of the file. Ask for the package again."
    ),
    "zip_headers_differ": N_(
        "Part {part} of the file is described in two different ways. Ask for the package again."
    ),
    "row_changed": N_(
        "Sheet “{sheet}”, row {row} was changed after the package was signed. Ask the centre for "
        "the original."
    ),
    "zip_unexpected_header": N_(
        "Part {part} was not written by this program. Ask for the package again, as it was made."
    ),
    "zip_bomb": N_(
        "Unpacked, the file is larger than a data package may be. Do not open it; ask for the "
        "package again."
    ),
    "entry_damaged": N_("Part {part} of the file is damaged. Ask for the package again."),
    "entry_name_forbidden": N_(
        "The file has a part that a package cannot have: {part}. Ask for the package again."
    ),
    "case_variant_name": N_(
        "The file has two parts whose names differ in capital letters only: {part}. Ask for the "
        "package again."
    ),
    "duplicate_entry": N_("The file has part {part} twice. Ask for the package again."),
    # Records
    "parent_not_found": N_("The record it belongs to is not there any more. Open the list again."),
    "likely_duplicate": N_(
        "Somebody like this is already in another case. Look there first, or say why this is "
        "another person."
    ),
    "list_not_confirmed": N_(
        "The list holds personal data. Confirm first that it may leave the program."
    ),
    "confirmation_needed": N_(
        "Something is unusual: {findings} Check it, and save with a reason if it is right."
    ),
    "consent_needed": N_(
        "Names and contacts are kept only after the person gave consent. Record the consent, or "
        "leave these fields empty."
    ),
    "participant_attended": N_(
        "This person came to a consultation and cannot be removed. Correct the consultation first."
    ),
    "not_allowed": N_("Your role does not allow this. Ask somebody with the right: {roles}."),
    # The desk
    "case_restricted": N_(
        "This case is open to named colleagues only. Ask the head of the centre for access."
    ),
    "would_lock_yourself_out": N_(
        "You would not see this case any more. Add yourself to the list, or ask the head of the "
        "centre."
    ),
    "date_in_past": N_("This date is in the past. Choose today or a later day."),
    "time_invalid": N_("Write the time as 14:30."),
    "only_one_of_two": N_("Only one of the two fits here. Leave the other empty."),
    "join_same_case": N_("This is the same case. Choose the other one."),
    "join_access_differs": N_(
        "The two cases are open to different people. Give both the same list first."
    ),
    "join_person_not_of_cases": N_("This person is of neither case. Open the two cases again."),
    "join_not_found": N_("These cases are not joined any more. Open the list again."),
    "join_not_last": N_("This case was joined with another one since. Take that back first."),
    "draft_not_found": N_("This draft is not there any more. Open the list again."),
    "question_not_found": N_("This question was answered already. Open the list again."),
    "birth_year_unknown": N_("Year of birth to complete."),
    "sex_unknown": N_("Sex to complete."),
    "filing_date_unknown": N_("Date of filing to complete."),
    "consent_not_asked": N_("Consent to ask for."),
    "own_account": N_("You cannot close your own account. Another head of the centre can."),
    "last_lead": N_(
        "This is the last head's account, so it cannot be closed. Add another head first."
    ),
    "database_busy": N_("Another window is working with the data. Close it and try again."),
    "person_not_of_case": N_("This person is not of this case. Open the case again."),
    "person_unnamed": N_(
        "No name of this person is kept. Record the consent and the name, then print again."
    ),
    "paper_not_again": N_(
        "This paper is made on the page of its event, hand-out or month. Make it there once more."
    ),
    "paper_not_found": N_("There is no such paper in the register. Open the list again."),
    # The month
    "month_closed": N_(
        "The month is closed ({month}). Only the head of the centre may change it, with a reason."
    ),
    "month_already_closed": N_("The month is closed already ({month})."),
    "month_not_closed": N_("The month is not closed yet ({month}). Close it first."),
    "month_not_started": N_("The month has not begun yet ({month}). Choose another one."),
    "section_unknown": N_("There is no section “{section}”. Choose one from the list."),
    "section_not_empty": N_(
        "The section “{section}” has records in this month ({month}), so it cannot be zero. Take "
        "the zero back, or delete the records."
    ),
    "text_names_person": N_(
        "A text that leaves the centre holds personal data (field {field}). Take them out, then "
        "close the month again."
    ),
    # Sending the package
    "already_exported": N_(
        "The package of this month was made already ({month}). Make an amendment, or write a "
        "copy of the first one."
    ),
    "nothing_to_amend": N_("No package of this month was made yet ({month}). Make the usual one."),
    "through_outside_month": N_(
        "The day {through} is not of this month ({month}). Choose another day."
    ),
    "clock_behind": N_(
        "The clock of the computer shows {now}, but the newest record is of {newest}. Set the "
        "clock and sign again."
    ),
    "package_not_found": N_("There is no such package. Open the list again."),
    "file_not_written": N_(
        "The file {file} was not written ({reason}). Check the disk or choose another folder."
    ),
    # The signature of a package
    "not_signed": N_("The package is not signed. Ask the head of the centre to make it again."),
    "saved_by_another_program": N_(
        "The file was saved in another program, and the signature was lost. Ask for the file as "
        "it was made, without opening it."
    ),
    "second_signature": N_(
        "The package has a second signature ({part}). Ask the centre for the package again."
    ),
    "wrapped_signature": N_(
        "The signature of the package has been rebuilt ({part}). Ask the centre for the package "
        "again."
    ),
    "signature_malformed": N_(
        "The signature of the package is damaged ({part}). Ask the centre for the package again."
    ),
    "algorithm_forbidden": N_(
        "The signature uses a method that is not accepted: {algorithm}. Ask the centre for the "
        "package again."
    ),
    "certificate_ambiguous": N_(
        "It is not clear who signed the package ({part}). Ask the centre for the package again."
    ),
    "certificate_swapped": N_(
        "The certificate in the package was replaced ({part}). Ask the centre for the package "
        "again."
    ),
    "signing_time_changed": N_(
        "The signing time was altered ({part}). Ask the centre for the package again."
    ),
    "unsigned_part": N_(
        "Part {part} was added after signing. Ask the centre for the package again."
    ),
    "part_removed": N_(
        "Part {part} was removed after signing. Ask the centre for the package again."
    ),
    "part_changed": N_(
        "Part {part} was altered after signing. Ask the centre for the package again."
    ),
    "relationship_changed": N_(
        "The links between parts were altered after signing ({part}). Ask the centre for the "
        "package again."
    ),
    "content_type_changed": N_(
        "The kind of part {part} was altered after signing. Ask the centre for the package again."
    ),
    "dtd_forbidden": N_(
        "Part {part} holds instructions that a package cannot have. Ask the centre for the "
        "package again."
    ),
    "markup_forbidden": N_(
        "Part {part} is not written as a package is. Ask the centre for the package again."
    ),
    "formula_in_cell": N_(
        "Cell {cell} of {part} holds a formula; packages have values only. Ask the centre for "
        "the package again."
    ),
    "external_link": N_(
        "The package points to another file ({part}). Ask the centre for the package again."
    ),
    "defined_name_outside": N_(
        "The name “{name}” points outside the package ({part}). Ask the centre for the package "
        "again."
    ),
    "part_forbidden": N_(
        "The package has a part of a forbidden kind: {part}. Ask the centre for the package again."
    ),
    "relationship_forbidden": N_(
        "Part {part} points to what a package cannot have: {target}. Ask the centre for the "
        "package again."
    ),
    "orphan_part": N_(
        "Part {part} belongs to nothing in the package. Ask the centre for the package again."
    ),
    "part_too_large": N_(
        "Part {part} is larger than it may be. Ask the centre for the package again."
    ),
    "too_many_parts": N_(
        "The package has more than {limit} parts. Ask the centre for the package again."
    ),
    "too_many_entries": N_(
        "The file has more than {limit} parts. Ask the centre for the package again."
    ),
    # The content of a package
    "package_unreadable": N_(
        "The sheets of the package cannot be read. Ask the centre for the package again."
    ),
    "package_newer_version": N_(
        "The package was made by a newer version of the program ({version}; this one knows "
        "{known}). Update the program."
    ),
    "package_manifest": N_(
        "The package describes itself wrongly (line “{key}”). Ask the centre for the package again."
    ),
    "package_missing_sheet": N_(
        "The package has no sheet “{sheet}”. Ask the centre for the package again."
    ),
    "package_unknown_sheet": N_(
        "The package has an unknown sheet “{sheet}”. Ask the centre for the package again."
    ),
    "package_sheet_order": N_(
        "Sheet “{sheet}” of the package is out of its place. Ask the centre for the package again."
    ),
    "package_missing_column": N_(
        "Sheet “{sheet}” has no column “{column}”. Ask the centre for the package again."
    ),
    "package_unknown_column": N_(
        "Sheet “{sheet}” has an unknown column “{column}”. Ask the centre for the package again."
    ),
    "package_column_order": N_(
        "Column “{column}” of sheet “{sheet}” is out of its place. Ask the centre for the "
        "package again."
    ),
    "package_bad_cell": N_(
        "Sheet “{sheet}”, row {row}, column “{column}”: the value is not valid. Ask the centre "
        "for the package again."
    ),
    "package_duplicate_id": N_(
        "Sheet “{sheet}”, row {row}: the same record is there twice. Ask the centre for the "
        "package again."
    ),
    "package_parent_missing": N_(
        "Sheet “{sheet}”, row {row}: the record named in “{column}” is not in the package. Ask "
        "the centre for the package again."
    ),
    "package_row_count": N_(
        "Sheet “{sheet}” has {found} rows, but {stated} are stated. Ask the centre for the "
        "package again."
    ),
    "package_row_hash": N_(
        "Sheet “{sheet}”, row {row} does not match its control sum. Ask the centre for the "
        "package again."
    ),
    "package_digest": N_(
        "Sheet “{sheet}” does not match its control sum. Ask the centre for the package again."
    ),
    # Reports
    "report_language": N_(
        "There is no report in the language “{language}”. Choose Kazakh or Russian."
    ),
    "report_field_unknown": N_(
        "A text of the report names a figure that does not exist: {field}. Correct the text."
    ),
    # Accounts and the data folder
    "account_closed": N_("This account is closed. Ask the head of the centre for access."),
    "role_unknown": N_("There is no role “{role}”. Choose one from the list."),
    "no_signing_key": N_("{name} has no signing key. The head of the centre signs packages."),
    "user_needed": N_("There are several accounts here. Say which one signs in."),
    "centre_needed": N_("Say which centre this folder is for."),
    "centre_unknown": N_("There is no centre “{centre}”. Choose one from the list."),
    "folder_not_empty": N_("The folder {folder} is not empty. Choose an empty one."),
    "not_initialised": N_(
        "The folder {folder} holds no data of the program. Choose another folder, or set this "
        "one up."
    ),
    "database_missing": N_(
        "The database {file} is missing from the data folder. Restore a backup copy."
    ),
    "recovery_sheet_inside": N_(
        "The recovery sheet {file} would lie inside the data folder. Choose a place outside it."
    ),
    "recovery_sheet_exists": N_(
        "The file {file} exists already. Choose another name for the recovery sheet."
    ),
    # Headquarters
    "file_not_found": N_("The file {file} is not there. Check the name and the folder."),
    "file_not_read": N_(
        "The file {file} cannot be read ({reason}). Copy it to the computer and try again."
    ),
    "practice_package": N_(
        "The package comes from a practice folder, and this is the real headquarters. Ask for "
        "the real one."
    ),
    "package_not_accepted": N_(
        "The package {package} is not among the accepted ones. Open the list again."
    ),
    "key_revoked": N_(
        "Trust in this key was withdrawn ({fingerprint}). The centre must make a new key."
    ),
    "key_of_another_centre": N_(
        "This key belongs to another centre: {centre}. Compare the fingerprints by phone once more."
    ),
    "archive_file_missing": N_(
        "The package {file} is missing from the archive. Restore it from a backup copy."
    ),
    "archive_file_changed": N_(
        "The package {file} in the archive has been altered. Restore it from a backup copy."
    ),
    "state_differs": N_(
        "The merged data differ from what the journal gives ({stored}, {replayed}). Replay the "
        "journal."
    ),
    "signer_unknown": N_(
        "The key that signed the package is not trusted yet ({fingerprint}). Compare the "
        "fingerprint with the centre by phone, then trust the key."
    ),
    "report_format_unknown": N_("There is no report format “{format}”. Choose pdf, xlsx or json."),
    # The command line
    "line_malformed": N_(
        "The line is not an object of JSON with use_case, args and as. Correct it."
    ),
    "use_case_unknown": N_("There is no use case {use_case}. See docs/contract.md."),
    "argument_unknown": N_("There is no argument {argument}. See docs/contract.md."),
    "argument_missing": N_("The argument {argument} is missing."),
    "argument_invalid": N_("The argument {argument} is not valid. Expected: {expected}."),
    "reference_failed": N_("{reference} refers to a line that failed. Correct that line first."),
    "reference_unknown": N_("The earlier result has no {reference}. Correct the reference."),
    "password_needed": N_("The password is missing. Give a file with --password-file."),
    # Backups
    "backup_unreadable": N_("The file {file} is not a whole backup. Choose another backup."),
    "backup_newer": N_(
        "The backup {file} was made by a newer version of the program. Update the program."
    ),
    "backup_damaged": N_("The backup is damaged ({checks}). Choose another backup."),
    "station_letter_invalid": N_(
        "“{letter}” is not a station's letter. Give a capital letter from A to Z with --station."
    ),
    "survey_sheet_length": N_(
        "A survey sheet has {expected} answers. Leave an unanswered question empty."
    ),
    "practice_time_invalid": N_(
        "PRAVO_NOW says “{value}”, which is no date. Write it as 2024-05-20T12:00."
    ),
    "paper_template_unknown": N_(
        "The text {version} of this paper is not in the program. Install the newer version that "
        "printed it, or print the present text."
    ),
    # Existing journals
    "journal_too_large": N_(
        "The file {file} is too large, or has a cell far below or to the right: at most {rows} "
        "rows are read. Delete the empty rows and columns in Excel, or split the file."
    ),
    "journal_unreadable": N_(
        "The file {file} is not a table, or it is damaged. Save it in Excel as .xlsx and try again."
    ),
    "journal_encrypted": N_(
        "The file {file} is under a password. Save it without one and try again."
    ),
    "journal_empty": N_("The file {file} holds no rows. Choose another file."),
    "journal_field_unknown": N_("A column cannot be “{name}”. Choose from the list."),
    "journal_field_twice": N_("Two columns are named “{name}”. Leave one of them out."),
    "journal_date_not_mapped": N_("Say which column holds the date of the visit."),
    "journal_columns_differ": N_("The columns are not those of this file. Open the file again."),
    "journal_already_imported": N_(
        "This file was imported already ({file}, {at}). Undo that import first to repeat it."
    ),
    "journal_rows_in_error": N_(
        "Rows to complete: {count}. Correct them in the file, or choose to leave them out."
    ),
    "journal_nothing_to_import": N_(
        "The file {file} has no row that can be imported. Look at what is said beside the rows."
    ),
    "journal_import_not_found": N_("There is no such import. Open the list again."),
    "journal_import_undone": N_("The import of {file} was undone already."),
    "journal_import_changed": N_(
        "Since the import these cases were changed: {cases}. The import cannot be undone as a "
        "whole; correct them one by one."
    ),
    "journal_date_missing": N_("The date of the visit is missing. Fill it in."),
    "journal_date_unclear": N_("This is not a full date. Write it as 05.12.2024."),
    "journal_specialist_missing": N_("The row names no specialist. Say whose rows these are."),
    "journal_specialist_unknown": N_(
        "It is not clear who this specialist is. Choose from the list."
    ),
    "journal_value_unknown": N_("It is not clear what this means. Write it in other words."),
    "journal_value_other": N_("This is not in the list: it becomes “other”, and the words a note."),
    "journal_number_unclear": N_("Enter a whole number from 0 to {maximum}."),
    "journal_name_unclear": N_("This is not a name alone. Leave only the name in the cell."),
    "journal_role_unclear": N_("It is not clear whether this is the husband or the wife."),
    "journal_role_assumed": N_("Husband or wife is told by the name. Check it."),
    "journal_formula": N_("The cell begins like a formula. Write its text without “=”."),
    "journal_cell_unreadable": N_(
        "The formula in this cell has no value. Open the file in Excel and save it."
    ),
    "journal_names_left_out": N_("Names and contacts are not kept: no consent is noted."),
    "journal_names_refused": N_("Names and contacts are not kept: consent was refused."),
    "journal_child_left_out": N_("Names of children are never kept."),
    "journal_note_left_out": N_(
        "The note names a person without consent, so it is not kept. Enter it without names."
    ),
    "journal_consent_on_paper": N_("Consent is on paper."),
    "journal_couple_unknown": N_(
        "It is not clear which couple this is: the row becomes a case of its own."
    ),
    "journal_couple_assumed": N_("Nobody is named: both spouses are taken to have come."),
    "journal_number_of_another_couple": N_(
        "Another couple has this number in the journal: the names decide. Check the number."
    ),
}

UNKNOWN = N_("Something went wrong (code {code}). Write the code down and tell the coordinator.")


def message(translator: Translator, code: str, params: Mapping[str, Any] | None = None) -> str:
    """The message of a code in the reader's language.

    Args:
        params: values for its placeholders; dates, months, sections, roles and further findings
            are put into words here.
    """
    if code not in MESSAGES:
        return translator.text(UNKNOWN, code=code)
    shown = {name: _shown(translator, name, value) for name, value in (params or {}).items()}
    return translator.text(MESSAGES[code], **shown)


def translate_error(translator: Translator, error: KnownError) -> str:
    """What a known error says to the reader, with the name of the field where there is one."""
    told = message(translator, error.code, error.params)
    field = error.params.get("field")
    return f"{field}: {told}" if field and "{field}" not in MESSAGES.get(error.code, "") else told


def _shown(translator: Translator, name: str, value: object) -> object:
    if isinstance(value, datetime) and value.tzinfo:
        return translator.moment(value)
    if isinstance(value, date):
        return translator.date(value)
    if isinstance(value, Mapping) and "code" in value:
        return message(translator, str(value["code"]), value)
    if isinstance(value, list | tuple | set | frozenset):
        joint = " " if name == "findings" else ", "
        return joint.join(str(_shown(translator, name, item)) for item in value)
    return _in_words(translator, name, value) if isinstance(value, str) else value


def _in_words(translator: Translator, name: str, value: str) -> str:
    if name in _CLASSIFIERS:
        entry = classifiers().entries(_CLASSIFIERS[name]).get(value)
        return translator.label(entry) if entry else value
    try:
        if _MONTH.fullmatch(value):
            return translator.month_of(int(value[:4]), int(value[5:]))
        if _MOMENT.fullmatch(value):
            return translator.moment(datetime.fromisoformat(value))
        return translator.date(date.fromisoformat(value)) if _DAY.fullmatch(value) else value
    except (ValueError, LookupError):
        return value
