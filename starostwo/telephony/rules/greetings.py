"""What the voicemail says to who calls, and how long a greeting of one's own may be."""

SHORTEST, LONGEST = 1.0, 60.0  # seconds


def usual(name: str, *, is_group: bool) -> str:
    """The words of the usual greeting: who was called, and that a message can be left after the tone."""
    who = f"Nikt z grupy {name}" if is_group else name
    return f"Dzień dobry. {who} nie może teraz odebrać telefonu. Po sygnale można zostawić wiadomość."


def usual_of_nobody(label: str) -> str:
    """The same where the phone is no person's."""
    return f"Dzień dobry. {label}: nikt nie może teraz odebrać telefonu. Po sygnale można zostawić wiadomość."
