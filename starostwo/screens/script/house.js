// Starts the parts of GOV.UK Frontend that the screens use, with Polish texts.
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

const CHARACTERS_PL = {
  charactersUnderLimit: {
    one: "Pozostał %{count} znak",
    few: "Pozostały %{count} znaki",
    many: "Pozostało %{count} znaków",
    other: "Pozostało %{count} znaku",
  },
  charactersAtLimit: "Nie można wpisać więcej znaków",
  charactersOverLimit: {
    one: "O %{count} znak za dużo",
    few: "O %{count} znaki za dużo",
    many: "O %{count} znaków za dużo",
    other: "O %{count} znaku za dużo",
  },
  textareaDescription: { other: "Można wpisać najwyżej %{count} znaków" },
};

document.body.classList.add("js-enabled", "govuk-frontend-supported");
[Button, Checkboxes, ErrorSummary, NotificationBanner, Radios, SkipLink].forEach((part) => createAll(part));
createAll(CharacterCount, { i18n: CHARACTERS_PL });
