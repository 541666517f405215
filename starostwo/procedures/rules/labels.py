"""What each kind of answer is called for the clerk who lays out a form."""

from starostwo.procedures.rules.definition import FieldType

TYPE_LABELS = {
    FieldType.TEXT: "krótki tekst",
    FieldType.LONG_TEXT: "dłuższy tekst",
    FieldType.CHOICE: "jedna odpowiedź z listy",
    FieldType.CHOICES: "kilka odpowiedzi z listy",
    FieldType.CONSENT: "oświadczenie do zaznaczenia",
    FieldType.DATE: "data",
    FieldType.NUMBER: "liczba całkowita",
    FieldType.DECIMAL: "liczba z przecinkiem",
    FieldType.MONEY: "kwota w złotych",
    FieldType.SHARE: "udział (ułamek)",
    FieldType.EMAIL: "adres e-mail",
    FieldType.PHONE: "numer telefonu",
    FieldType.POSTCODE: "kod pocztowy",
    FieldType.PESEL: "PESEL",
    FieldType.NIP: "NIP",
    FieldType.REGON: "REGON",
    FieldType.KRS: "numer KRS",
    FieldType.VIN: "numer VIN",
    FieldType.PLATE: "numer rejestracyjny",
    FieldType.PLOT: "numer działki",
    FieldType.LAND_REGISTER: "numer księgi wieczystej",
    FieldType.GROUP: "grupa powtarzana",
}
