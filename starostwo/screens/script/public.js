// Residents' pages: everything works without this file, it only makes it more pleasant.
import "./house.js";
import "./autosave.js";
import "./leave.js";
import "./drop.js";
import "./renew.js";
