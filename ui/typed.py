"""What a person has typed into a form: taken and put back when the window is built anew."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QListWidget, QPlainTextEdit, QWidget

_INPUTS = (QLineEdit, QPlainTextEdit, QComboBox, QCheckBox, QListWidget)


def _inputs(form: QWidget) -> dict[str, QWidget]:
    found: dict[str, QWidget] = {}
    for widget in form.findChildren(QWidget):
        name = widget.objectName()
        if isinstance(widget, _INPUTS) and name and not name.startswith("qt_"):
            found[_path(widget, form)] = widget
    return found


def _path(widget: QWidget, form: QWidget) -> str:
    parts = [widget.objectName()]
    parent = widget.parentWidget()
    while parent is not None and parent is not form:
        if parent.objectName() and not parent.objectName().startswith("qt_"):
            parts.append(parent.objectName())
        parent = parent.parentWidget()
    return "/".join(reversed(parts))


def typed(form: QWidget) -> dict[str, Any]:
    """The values of all named inputs of a form, by the names of the widgets around them."""
    return {path: _value(widget) for path, widget in _inputs(form).items()}


def retype(form: QWidget, values: Mapping[str, Any]) -> None:
    """Put values taken by `typed` into a form; inputs it does not have are passed over."""
    for path, widget in _inputs(form).items():
        if path in values:
            _put(widget, values[path])


def _value(widget: QWidget) -> Any:
    if isinstance(widget, QLineEdit):
        return widget.text()
    if isinstance(widget, QPlainTextEdit):
        return widget.toPlainText()
    if isinstance(widget, QComboBox):
        return widget.currentData()
    if isinstance(widget, QCheckBox):
        return widget.isChecked()
    assert isinstance(widget, QListWidget)
    return tuple(
        widget.item(row).data(Qt.ItemDataRole.UserRole)
        for row in range(widget.count())
        if widget.item(row).checkState() is Qt.CheckState.Checked
    )


def _put(widget: QWidget, value: Any) -> None:
    if isinstance(widget, QLineEdit):
        widget.setText(value)
    elif isinstance(widget, QPlainTextEdit):
        widget.setPlainText(value)
    elif isinstance(widget, QComboBox):
        widget.setCurrentIndex(max(widget.findData(value), 0))
    elif isinstance(widget, QCheckBox):
        widget.setChecked(value)
    elif isinstance(widget, QListWidget):
        for row in range(widget.count()):
            item = widget.item(row)
            chosen = item.data(Qt.ItemDataRole.UserRole) in value
            if item.flags() & Qt.ItemFlag.ItemIsUserCheckable:
                item.setCheckState(Qt.CheckState.Checked if chosen else Qt.CheckState.Unchecked)
