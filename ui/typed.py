"""What a person has typed into a form: taken and put back when the window is built anew."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QListWidget, QPlainTextEdit, QWidget

_INPUTS = (QLineEdit, QPlainTextEdit, QComboBox, QCheckBox, QListWidget)


def is_input(widget: QWidget) -> bool:
    """Whether a widget is an input with a name, whose value is taken and put back."""
    name = widget.objectName()
    return isinstance(widget, _INPUTS) and bool(name) and not name.startswith("qt_")


def _inputs(form: QWidget) -> dict[str, QWidget]:
    found: dict[str, QWidget] = {}
    for widget in form.findChildren(QWidget):
        if is_input(widget):
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
    return {path: value_of(widget) for path, widget in _inputs(form).items()}


def retype(form: QWidget, values: Mapping[str, Any]) -> None:
    """Put values taken by `typed` into a form; inputs it does not have are passed over."""
    for path, widget in _inputs(form).items():
        if path in values:
            _put(widget, values[path])


def value_of(widget: QWidget) -> Any:
    """The value of an input, as `typed` gives it."""
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


def shown(widget: QWidget) -> str:
    """The value of an input as the person sees it."""
    if isinstance(widget, QComboBox):
        return widget.currentText()
    if isinstance(widget, QCheckBox):
        return widget.text().replace("&", "") if widget.isChecked() else "—"
    if isinstance(widget, QListWidget):
        items = (widget.item(row) for row in range(widget.count()))
        return ", ".join(
            item.text() for item in items if item.checkState() is Qt.CheckState.Checked
        )
    return str(value_of(widget))


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
