// What scripts of residents' pages say, in the language of the page.
const WORDS = {
  pl: {
    saved: "Zapisano o",
    notSaved: "Nie udało się zapisać. Wpisany tekst został na stronie, spróbujemy ponownie.",
    characters: {
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
    },
  },
  en: {
    saved: "Saved at",
    notSaved: "It could not be saved. What you typed is still on the page; we will try again.",
    characters: {
      charactersUnderLimit: { one: "%{count} character left", other: "%{count} characters left" },
      charactersAtLimit: "You cannot type more characters",
      charactersOverLimit: { one: "%{count} character too many", other: "%{count} characters too many" },
      textareaDescription: { other: "You can type at most %{count} characters" },
    },
  },
  uk: {
    saved: "Збережено о",
    notSaved: "Не вдалося зберегти. Введений текст залишився на сторінці, ми спробуємо ще раз.",
    characters: {
      charactersUnderLimit: {
        one: "Залишився %{count} знак",
        few: "Залишилося %{count} знаки",
        many: "Залишилося %{count} знаків",
        other: "Залишилося %{count} знака",
      },
      charactersAtLimit: "Більше знаків ввести не можна",
      charactersOverLimit: {
        one: "На %{count} знак забагато",
        few: "На %{count} знаки забагато",
        many: "На %{count} знаків забагато",
        other: "На %{count} знака забагато",
      },
      textareaDescription: { other: "Можна ввести не більше %{count} знаків" },
    },
  },
};

export const language = document.documentElement.lang in WORDS ? document.documentElement.lang : "pl";
export const words = WORDS[language];
