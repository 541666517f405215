// Starts the parts of GOV.UK Frontend that the screens use, with our texts.
import {
  Button,
  CharacterCount,
  Checkboxes,
  createAll,
  ErrorSummary,
  NotificationBanner,
  Radios,
  SkipLink,
} from "govuk-frontend";
import { words } from "./words.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
[Button, Checkboxes, ErrorSummary, NotificationBanner, Radios, SkipLink].forEach((part) => createAll(part));
createAll(CharacterCount, { i18n: words.characters });
