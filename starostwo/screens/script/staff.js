// Clerks' pages: the residents' additions, the keyboard, lists and lookups.
import "./house.js";
import "./autosave.js";
import "./leave.js";
import "./drop.js";
import "./renew.js";
import "./keyboard.js";
import "./rows.js";
import "./lookup.js";
import "./calling.js";
import "./windows.js";
