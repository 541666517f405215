"""Where the result accounts of a unit go when its year ends, and what is carried into the next.

Law: rozp. MRiF 13.09.2017 zał. 3 (accounts 860 and 800); from memory, not checked with the text.
"""

RESULT, FUND = "860", "800"
TO_THE_FUND = ("740", "810")


def closes_into(number: str) -> str:
    """The account that takes over the balance of this one on the last day; empty when it stays."""
    head = number[:3]
    if head in TO_THE_FUND:
        return FUND
    if head[:1] == "4" or head[:1] == "7":
        return RESULT
    return ""


def budget_closes_into(number: str) -> str:
    """The same in the books of the budget: income and spending go to the result of the budget."""
    return {"901": "961", "902": "961"}.get(number[:3], "")
