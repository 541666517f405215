"""The door into `screens` for other packages. Nothing else here may be imported from outside."""

from starostwo.screens import languages
from starostwo.screens.announcements import Announcement, announce_by
from starostwo.screens.forms import (
    ContentField,
    DayField,
    DayPartsField,
    FilesField,
    LookupInput,
    MoneyField,
    ScreenForm,
)
from starostwo.screens.identity import Identity, identify_by
from starostwo.screens.menus import MenuEntry, add_menu, add_search
from starostwo.screens.panels import add_panel
from starostwo.screens.parts import Row, Step, Tab, TimelineEntry

__all__ = [
    "Announcement",
    "ContentField",
    "DayField",
    "DayPartsField",
    "FilesField",
    "Identity",
    "LookupInput",
    "MenuEntry",
    "MoneyField",
    "Row",
    "ScreenForm",
    "Step",
    "Tab",
    "TimelineEntry",
    "add_menu",
    "add_panel",
    "add_search",
    "announce_by",
    "identify_by",
    "languages",
]
