"""A kept power of attorney as the rules of `procedures` and the submission box take it."""

from datetime import date

from starostwo.citizen.models import Power
from starostwo.intake import api as intake
from starostwo.procedures import api as procedures
from starostwo.procedures.api import applicants

POWER_FILE = "pelnomocnictwo"  # the kind under which a form asks for the document, too


def represented_by(power: Power) -> procedures.applicants.Represented:
    """Return whom the document names as represented."""
    is_person = power.acts_for == applicants.ActsFor.PERSON
    return procedures.applicants.Represented(
        who=procedures.Sender(
            given_name=power.given_name,
            family_name=power.family_name,
            organisation=power.organisation,
            pesel=power.number if is_person else "",
            street=power.street,
            postcode=power.postcode,
            town=power.town,
        ),
        basis=applicants.BASES[applicants.Basis(power.basis)],
        number="" if is_person else power.number,
        scope=power.get_scope_display(),
        exemption=applicants.GROUNDS[applicants.Exemption(power.exemption)].text if power.exemption else "",
    )


def fee_of(power: Power, *, on: date) -> procedures.applicants.FeeLine:
    """Return what is due for filing the power of attorney on the day."""
    return applicants.power_fee(
        applicants.Basis(power.basis),
        applicants.Exemption(power.exemption),
        acts=applicants.ActsFor(power.acts_for),
        on=on,
    )


def needs_document(power: Power) -> bool:
    """Say if the document must be attached."""
    return applicants.needs_document(applicants.Basis(power.basis), applicants.Exemption(power.exemption))


def sender_of(named: procedures.Sender) -> intake.Sender:
    """Return the lines of somebody as the submission box takes them."""
    return intake.Sender(
        given_name=named.given_name,
        family_name=named.family_name,
        organisation=named.organisation,
        street=named.street,
        postcode=named.postcode,
        town=named.town,
        email=named.email,
        phone=named.phone,
    )
