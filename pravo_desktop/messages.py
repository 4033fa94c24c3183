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
    "report_not_found": N_("There is no published report with this number."),
    "report_outdated": N_(
        "Packages were accepted or undone while the report was made. Make it once more."
    ),
    "as_of_before_report": N_(
        "The report was published as of a later day. Choose that day or one after it."
    ),
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
    "consultation_same_day": N_(
        "This case has a consultation of the same specialist on this day already; the two count "
        "once. Check the day and the specialist, or say why."
    ),
    "spouse_age_unusual": N_("The age of {age} is unusual. Check the year of birth, or say why."),
    "bin_digits": N_("A BIN has 12 digits. Copy it from the certificate of registration."),
    "bin_check_digit": N_(
        "No such BIN is issued. Check each digit against the certificate of registration."
    ),
    "bin_unusual": N_("The BIN is unusual. Check it against the certificate of registration."),
    "email_format": N_("This is not an e-mail address. Write it as office@example.kz."),
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
    "password_common": N_(
        "This password is easy to guess. Put together several words that do not belong together."
    ),
    "sign_in_delayed": N_("After several wrong passwords, wait. Seconds left: {seconds}."),
    "own_password": N_("Change your own password in the settings."),
    "notes_locked": N_(
        "Your notes wait for your own sheet. Enter its code in the settings, then go on."
    ),
    "notes_without_key": N_(
        "This account has no key for notes yet. Its owner gets one by signing in."
    ),
    "notes_without_sheet": N_(
        "No own sheet was made for these notes. Without the old password nobody can open them."
    ),
    "note_unreadable": N_("A note cannot be opened: it was changed or belongs to another record."),
    "notes_not_handed_over": N_(
        "Notes of this account not handed over: {number}. Ask their author to hand them over in "
        "the settings, or write why they are destroyed."
    ),
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
    "gost_key": N_(
        "This key is of GOST 34.310, like an EDS of the national certification centre, or of "
        "another kind that the program cannot sign with. Choose the file that this program wrote "
        "under Settings, “Your signing key”; without one, make a new key there."
    ),
    "pkcs12_malformed": N_(
        "This is not a key file (PKCS#12). Choose the file that this program wrote under Settings."
    ),
    "pkcs12_wrong_password": N_(
        "The password does not open the key file. Type the one that was chosen when it was written."
    ),
    "key_without_private": N_(
        "There is a certificate in this file, but no key to sign with. Choose the file that this "
        "program wrote under Settings."
    ),
    "key_weak": N_(
        "The RSA key in this file is shorter than {minimum} bits and can be broken. Make a new key "
        "under Settings."
    ),
    "key_expired": N_(
        "The key was valid from {valid_from} to {valid_until}. Make a new key and compare its "
        "fingerprint with headquarters by phone."
    ),
    "key_names_person": N_(
        "The certificate of this key was not made by this program. It may hold a name and an IIN, "
        "which would travel with every package. Make a key under Settings."
    ),
    "key_file_of_another_centre": N_(
        "The key in this file belongs to another centre: {centre}. Choose the key of this one."
    ),
    "not_a_statement": N_("This file is not a statement about a key. Choose another file."),
    "statement_newer": N_(
        "The statement was written by a newer version of the program. Update the program."
    ),
    "statement_malformed": N_(
        "The statement was altered or damaged. Ask the centre to write it once more."
    ),
    "key_not_replaced": N_(
        "The present key does not follow this one ({fingerprint}). Ask whoever trusts it to revoke "
        "it in their list."
    ),
    "statement_not_found": N_("There is no such statement. Open the list again."),
    "statement_of_unknown_key": N_(
        "The key that signed the statement is not trusted here ({fingerprint}). Compare the "
        "fingerprint of the new key with the centre by phone."
    ),
    "practice_statement": N_(
        "The statement comes from a practice folder, and this is the real headquarters. Ask for "
        "the real one."
    ),
    "key_replaced_already": N_(
        "This key has named another key in its place before ({fingerprint}). Call the centre and "
        "compare the fingerprint of its present key."
    ),
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
        "The database was made by version {needed} of the program; this is version {running}. "
        "Install version {needed} or a later one, or restore a backup made before the update."
    ),
    "database_newer_kept": N_(
        "The database was made by version {needed} of the program; this is version {running}. "
        "Install version {needed} or a later one. To go back, restore the backup that was made "
        "before the update; it lies in the data folder: {kept}"
    ),
    # A new version on a stick
    "release_key_missing": N_(
        "This program was built without the key that releases are signed with, so it cannot tell "
        "a genuine one. Get the new version from headquarters by hand."
    ),
    "release_not_started": N_(
        "The installer {file} was not started. {reason} Close the program and run it by hand."
    ),
    "release_not_found": N_(
        "The folder {folder} holds no new version: release.json is missing. Choose the folder in "
        "which it lies."
    ),
    "release_unsigned": N_(
        "The version in {folder} is not signed. Do not install it; ask headquarters for another."
    ),
    "release_signature_wrong": N_(
        "The version in {folder} was not signed by the makers of this program, or its list was "
        "changed. Do not install it; ask headquarters for another."
    ),
    "release_malformed": N_(
        "The list of files of this version cannot be read. Do not install it; ask headquarters for "
        "another."
    ),
    "release_file_missing": N_(
        "The file {file} of this version is missing. Copy the whole folder to the stick again."
    ),
    "release_file_changed": N_(
        "The file {file} of this version was changed or copied badly. Do not install it; copy the "
        "whole folder to the stick again."
    ),
    "release_file_added": N_(
        "The file {file} does not belong to this version. Do not install it; copy the folder to an "
        "empty stick again."
    ),
    "release_other_system": N_(
        "This version is for another system ({system}). Ask headquarters for the one for yours."
    ),
    "release_older": N_(
        "Version {version} is older than this one ({running}). There is nothing to install."
    ),
    # Headquarters' own records
    "rule_ages_crossed": N_("The lower age is above the upper one. Please check both."),
    "rule_line_malformed": N_(
        "Line {line} of the category rule has a condition the program does not know. Correct it."
    ),
    "rule_category_missing": N_(
        "Every category needs a line in the rule; one of them has none. Put it in."
    ),
    "rule_end_missing": N_(
        "The last line of the category rule must hold for everybody, and no line before it may. "
        "Move the line without conditions to the end."
    ),
    "rule_exists": N_("The year {year} has its own category rule already."),
    "deadline_before_month_ends": N_(
        "This day is before the month has ended. Choose a day from its last one on."
    ),
    "stage_outside_project": N_("This day is outside the project. Check it against the card."),
    "stages_overlap": N_("This stage shares days with stage {stage}. Check the dates of both."),
    "stage_unknown": N_("The project of {year} has no stage {stage}. See the project card."),
    "stage_number_taken": N_("Another stage has this number. Choose the next one."),
    "project_year_taken": N_("The year {year} has a project card already. Open that one."),
    "year_not_over": N_(
        "The year {year} is not over: its figures are computed. Choose an earlier year."
    ),
    "key_malformed": N_(
        "A key has small Latin letters, digits and _ and begins with a letter, such as kostanay."
    ),
    "nothing_to_put": N_("Everything you wrote is in the report already."),
    "own_package_refused": N_(
        "Headquarters' own package was not accepted ({status}). Look at the inbox: its key may not "
        "be trusted, or another package has its number."
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
        "Without consent only role, sex and birth year are kept. Record the consent, or leave "
        "the other fields empty."
    ),
    "participant_attended": N_(
        "This person came to a consultation and cannot be removed. Correct the consultation first."
    ),
    "not_allowed": N_("Your role does not allow this. Ask somebody with the right: {roles}."),
    # The desk
    "consent_not_given": N_("This person has given no consent that could be withdrawn."),
    "request_not_open": N_("This request is answered already. Open the list again."),
    "case_within_term": N_("One of these cases is within its term. Open the list again."),
    "erasure_list_unreadable": N_(
        "The erasure list {file} cannot be read and was left out. Compare the register of personal "
        "data: people who were forgotten after the backup may be back."
    ),
    "erasure_list_unsealed": N_(
        "The erasure list {file} was not written with the key of this database and was left out. "
        "Compare the register of personal data: people who were forgotten after the backup may be "
        "back."
    ),
    "erasure_list_missing": N_(
        "The erasure list {file} is missing: a newer backup says that more people were forgotten "
        "than are known here. Compare the register of personal data: they may be back."
    ),
    "backup_head_false": N_(
        "The backup says something else than the database in it: somebody changed it. Choose "
        "another backup."
    ),
    "case_restricted": N_(
        "This case is open to named colleagues only. Ask the head of the centre for access."
    ),
    "would_lock_yourself_out": N_(
        "You would not see this case any more. Add yourself to the list, or ask the head of the "
        "centre."
    ),
    "date_in_past": N_("This date is in the past. Choose today or a later day."),
    "time_invalid": N_("Write the time as 14:30."),
    "record_in_use": N_(
        "Other records name this one, so it cannot be removed: {number}. Change or remove them "
        "first."
    ),
    "sheets_go_too": N_("Survey sheets that are counted no more together with it: {number}."),
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
    "keep_years_invalid": N_("Write whole years, from {least} to {most}."),
    "returned_unreadable": N_(
        "“{file}” does not hold rows that headquarters returned, or it is damaged. Ask for it anew."
    ),
    "returned_newer": N_(
        "The file was made by a newer version of the program. Update the program first."
    ),
    "name_not_back": N_("Name to complete: packages hold no names."),
    "filing_day_not_back": N_("Day of filing to complete: packages hold the month alone."),
    "own_account": N_("You cannot close your own account. Another head of the centre can."),
    "last_lead": N_(
        "This is the last head's account, so it cannot be closed. Add another head first."
    ),
    "last_lead_role": N_(
        "This is the only head of the centre. Give the role to somebody else first."
    ),
    "own_lead_role": N_("You cannot take this role from yourself. Another head of the centre can."),
    "database_drive_full": N_(
        "The drive with the data is full, so the last act was not saved; all before it is there. "
        "Make room and do it again."
    ),
    "database_not_written": N_(
        "The drive with the data does not take anything, so the last act was not saved; all before "
        "it is there. Check that the drive is connected and not protected."
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
    "words_name_person": N_(
        "These words go to headquarters with the package and must not name anybody. Please take "
        "out surnames, phone numbers and IINs."
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
    "no_sealing_certificate": N_(
        "Packages can be sealed once a receipt of headquarters was imported. Import one, or write "
        "the package as .xlsx."
    ),
    "sealing_key_weak": N_(
        "Headquarters' sealing certificate is too weak to seal to. Ask headquarters for a new "
        "receipt, or write the package as .xlsx."
    ),
    "sealing_key_expired": N_(
        "Headquarters' sealing certificate is valid from {valid_from} to {valid_until}. Import a "
        "newer receipt, or write the package as .xlsx."
    ),
    "sealed_for_another": N_(
        "The package was sealed to a key that is not in this folder. Send the centre a new receipt "
        "and ask it to write the package again, or ask for it as .xlsx."
    ),
    "sealed_damaged": N_(
        "The sealed package was altered or damaged on its way. Ask the centre to write it again."
    ),
    "package_sealed": N_(
        "The package is sealed for headquarters and opens in its inbox alone. Ask the centre to "
        "write it as .xlsx, or receive it at headquarters."
    ),
    "not_printed": N_(
        "The printer {printer} does not answer. Check that it is on, or save the pages as PDF."
    ),
    "drive_full": N_(
        "There is not enough room: {needed} MB are needed and {free} MB are free. Delete what is "
        "not needed there or choose another drive."
    ),
    "drive_gone": N_(
        "The drive or folder is not there any more. Connect it again or choose another."
    ),
    "drive_read_only": N_(
        "Nothing can be written there: the place is protected. Take the protection off or choose "
        "another."
    ),
    "file_read_back_differs": N_(
        "The file {file} reads back otherwise than it was written. Take another drive: this one "
        "is damaged."
    ),
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
    "too_many_cells": N_(
        "The sheets have more than {limit} cells. Ask for the file again from where it was made."
    ),
    # The content of a package
    "package_unreadable": N_(
        "The sheets of the package cannot be read. Ask the centre for the package again."
    ),
    "package_newer_version": N_(
        "The package was made by version {needed} of the program and has form {version}; this "
        "program knows form {known}. Install version {needed} or a later one."
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
    "signed_out": N_("The program is locked. Sign in again."),
    "role_unknown": N_("There is no role “{role}”. Choose one from the list."),
    "role_not_here": N_(
        "The role “{role}” is not one of this workplace. Choose one from the list."
    ),
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
    "text_too_large": N_(
        "{file} is too large for the text of a report. Save it without pictures and open it again."
    ),
    "text_not_read": N_(
        "{file} could not be read as a text. Save it as DOCX or as plain text and open it again."
    ),
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
    "merged_table_differs": N_(
        "Table {table} of the merged records is not what the archive and the journal give. Build "
        "the state again (replay)."
    ),
    "package_not_waiting": N_("Somebody has already decided about this package."),
    "package_not_held": N_("No other package has the number of this one; there is no choice."),
    "file_not_quarantined": N_("This file is not among the refused ones any more."),
    "quarantined_not_kept": N_(
        "What was in {file} is not kept here any more. Ask the sender for the file again."
    ),
    "state_differs": N_(
        "The merged data differ from what the journal gives ({stored}, {replayed}). Replay the "
        "journal."
    ),
    "not_a_receipt": N_("This file is not a receipt of headquarters. Choose another file."),
    "receipt_unreadable": N_(
        "The sheets of the receipt cannot be read. Ask headquarters for the receipt again."
    ),
    "receipt_newer_version": N_(
        "Version {needed} of the program wrote this receipt in form {version}; this program knows "
        "form {known}. Install version {needed} or a later one."
    ),
    "receipt_manifest": N_(
        "The receipt describes itself wrongly (line “{key}”). Ask headquarters for it again."
    ),
    "receipt_sheet": N_(
        "The sheets of the receipt are not those of a receipt (“{sheet}”). Ask headquarters for "
        "it again."
    ),
    "receipt_columns": N_(
        "Sheet “{sheet}” has other columns than a receipt has. Ask headquarters for it again."
    ),
    "receipt_row_count": N_(
        "Sheet “{sheet}”: {found} rows instead of {stated}. Ask headquarters for it again."
    ),
    "receipt_bad_cell": N_(
        "Sheet “{sheet}”, row {row}, column “{column}”: the value is not valid. Ask headquarters "
        "for the receipt again."
    ),
    "receipt_row_hash": N_(
        "Sheet “{sheet}”, row {row} was changed. Ask headquarters for the receipt again."
    ),
    "receipt_duplicate": N_(
        "Sheet “{sheet}”, row {row} stands there twice. Ask headquarters for the receipt again."
    ),
    "receipt_digest": N_(
        "Sheet “{sheet}” holds other rows than were signed for. Ask headquarters for it again."
    ),
    "receipt_total": N_(
        "The control total “{key}” does not fit the receipt. Ask headquarters for it again."
    ),
    "receipt_certificate": N_(
        "The certificate in row {row} of the receipt does not fit its fingerprint. Ask "
        "headquarters for the receipt again."
    ),
    "receipt_of_another_centre": N_(
        "This receipt is for another centre ({centre}). Ask headquarters for yours."
    ),
    "practice_receipt": N_(
        "This receipt was made for practice. A real centre does not take it over."
    ),
    "not_practice": N_("{folder} is not a folder of practice data. Nothing was deleted."),
    "receipt_without_centre": N_(
        "This receipt does not say where the centre is. Ask headquarters for a new one."
    ),
    "receipt_older": N_(
        "This receipt (No. {number}) is older than the one imported last (No. {known}). Nothing "
        "was changed."
    ),
    "receipt_number_taken": N_(
        "Another receipt has the same number ({number}). Call headquarters: nothing was changed."
    ),
    "receipt_not_found": N_("There is no receipt with this number. Open the list again."),
    "fingerprint_differs": N_(
        "The fingerprint is not that of this file. Do not trust the key; call headquarters."
    ),
    "signer_unknown": N_(
        "The key that signed the package is not trusted yet ({fingerprint}). Compare the "
        "fingerprint with the centre by phone, then trust the key."
    ),
    "figure_unknown": N_("This figure is not known."),
    "report_format_unknown": N_(
        "There is no report format “{format}”. Choose pdf, xlsx, docx or json."
    ),
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
    "backup_of_other_centre": N_(
        "The backup is of another centre than the one in this folder. Choose another backup."
    ),
    "backup_place_inside": N_(
        "The second place lies inside the data folder and would be lost with it. Choose another."
    ),
    "backup_place_missing": N_("There is no folder {folder}. Connect the drive or choose another."),
    "folder_in_use": N_(
        "The program is already open on this data folder. Go on in its window, or close it first."
    ),
    "folder_on_network": N_(
        "The data folder {folder} lies on a network drive, where records can be lost when the "
        "connection breaks. Choose a folder on this computer."
    ),
    "folder_read_only": N_(
        "Nothing can be written into the folder {folder}. Choose another, or allow writing there."
    ),
    "package_of_other_centre": N_(
        "This package is of another centre ({centre}) or of a practice folder. Choose your own."
    ),
    "own_package_signer": N_(
        "Nobody here has the key that signed this package ({fingerprint}). Compare the "
        "fingerprint, then confirm it."
    ),
    "several_stations": N_(
        "These packages come from computers that work side by side ({letters}). Choose those of "
        "one computer."
    ),
    "nothing_to_salvage": N_(
        "Nothing can be read of {file} any more. Restore a backup, or take the rows back from "
        "your packages."
    ),
    "nothing_of_this_centre": N_("No package of this centre has come."),
    "backup_unreadable": N_("The file {file} is not a whole backup. Choose another backup."),
    "backup_newer": N_(
        "The backup {file} was made by version {needed} of the program. Install that version or a "
        "later one."
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
    "journal_visit_twice": N_(
        "Row {row} has the same couple, specialist and day: that is one consultation. Topics and "
        "a note that only this row has are not taken over."
    ),
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
        held = translator.place(name, value)
        return held or (translator.label(entry) if entry else value)
    try:
        if _MONTH.fullmatch(value):
            return translator.month_of(int(value[:4]), int(value[5:]))
        if _MOMENT.fullmatch(value):
            return translator.moment(datetime.fromisoformat(value))
        return translator.date(date.fromisoformat(value)) if _DAY.fullmatch(value) else value
    except (ValueError, LookupError):
        return value
