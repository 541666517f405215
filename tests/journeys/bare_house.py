"""An office just begun, as its staff sees it: who looks, and one thing of each kind with nothing in it.

For the tour of empty pages, beside `bare.py`, which has the county's public face.
"""

from django.utils.timezone import now

from starostwo.assets import testing as assets
from starostwo.assets.services import contracts as contracts_of_assets
from starostwo.assets.services import stocktaking
from starostwo.assets.services.contracts import Said
from starostwo.assets.services.licences import NewLicence, enter
from starostwo.assets.services.stocktaking import Order
from starostwo.assets.services.supplies import NewSupply, keep
from starostwo.infrastructure import testing as network
from starostwo.infrastructure.models import (
    Circuit,
    DiscoveryRun,
    ElectricCircuit,
    Expiry,
    Gauge,
    PowerPanel,
    Prefix,
    Spare,
    Vlan,
    Watch,
)
from starostwo.ledger import testing as ledger
from starostwo.ledger.models import FiscalYear, PlanDraft
from starostwo.ledger.services import contracts, drafts
from starostwo.office import testing as office
from starostwo.office.api import Right
from starostwo.office.models import Account, Holding, Place
from starostwo.records.testing import make_assigned, make_case, make_letter
from starostwo.telephony import testing as telephony
from starostwo.telephony.models import Device, Tariff
from starostwo.treasury import testing as treasury
from starostwo.treasury.services.cash import open_desk, open_report
from tests.journeys import bare, screen
from tests.journeys.bare import Arguments
from tests.journeys.finance_pages import OF_A_YEAR
from tests.ledger import contracting, planning
from tests.records.document_makers import make_draft, make_sent, make_submitted

ALSO = {
    screen.PRIVACY: ("Maria Tarcza", "OR", Right.PRIVACY),
    screen.TREASURER: ("Maria Zaręba", ledger.UNIT, Right.TREASURER),
    screen.CHIEF: ("Grażyna Księga", ledger.UNIT, Right.CHIEF_ACCOUNTANT, Right.KEEP_BOOKS),
    screen.ACCOUNTANT: ("Krystyna Saldo", ledger.UNIT, Right.KEEP_BOOKS),
    screen.KEEPER: ("Roman Regał", "OR", Right.MANAGE_ASSETS),
    screen.COUNTER: ("Maria Licznik", "OR", Right.COUNT_ASSETS),
    screen.NETWORKER: ("Wiktor Kabel", "OR", Right.MANAGE_NETWORK),
    screen.TECHNICIAN: ("Tomasz Krosny", "OR", Right.WORK_ORDERS),
}


def people() -> dict[str | None, Account | None]:
    """Whoever looks at the pages, by the names of the catalogue."""
    return bare.people() | {
        login: office.make_staff(login, name, unit=unit, rights=rights)
        for login, (name, unit, *rights) in ALSO.items()
    }


def things_with_nothing_in_them() -> Arguments:
    """One thing of each kind, and where it stands in the addresses."""
    return {
        **of_the_office(),
        **of_the_records(),
        **of_the_books(),
        **of_the_bank(),
        **of_the_assets(),
        **of_the_network(),
        **of_what_is_watched(),
        **of_the_phones(),
    }


def of_the_office() -> Arguments:
    """A unit without people, a person of one post, a building without rooms."""
    office.make_unit("PU")
    person = office.anna()
    place = {"place_id": Place.objects.get(path=office.make_place("PUSTY").path).pk}
    return {
        **{f"office:{name}": {"symbol": "PU"} for name in ("unit", "unit_change", "unit_end", "new_post")},
        **{f"office:{name}": place for name in ("place", "place_change")},
        **{f"office:{name}": {"account_id": person.pk} for name in ("person", "doings")},
        "office:holding_end": {
            "account_id": person.pk,
            "holding_id": Holding.objects.get(account=person).pk,
        },
    }


def of_the_records() -> Arguments:
    """A letter without files, a case of that letter alone, letters of the office of one version."""
    letter, assigned, case = make_letter(), make_assigned(), make_case()
    asked = make_case("Wniosek o umowy", is_information=True, letter=make_assigned())
    draft = {"document_id": make_draft(case=case).pk}
    sent = make_sent(case=case)
    return {
        **{
            f"records:{name}": {"letter_id": letter.pk}
            for name in ("letter", "metadata", "senders", "assign")
        },
        "records:new_case_of_letter": {"letter_id": assigned.pk},
        **{f"records:{name}": {"mark": case.mark} for name in ("case", "sheet", "new_document", "messages")},
        "records:information": {"mark": asked.mark},
        **{f"records:{name}": draft for name in ("document", "edit_document", "compare_versions")},
        "records:acceptance": {"document_id": make_submitted(case=case).pk},
        "records:dispatch": {"document_id": sent.document_id},
        "records:dispatch_receipt": {"dispatch_id": sent.pk},
    }


def of_the_books() -> Arguments:
    """A year in which nothing was entered, planned or agreed yet; its budget too."""
    year, budget = ledger.make_year(), ledger.make_year("POWIAT", kind="BUDGET")
    [noted] = ledger.posted(ledger.make_year("DPS"), ledger.note(ledger.make_year("DPS")))
    keeper, moment = office.actor(Account.objects.get(login=screen.ACCOUNTANT)), now()
    there = {"code": year.book.code, "year": year.year}
    pages = ("year", "proof", "chart", "vouchers", "trial_balance", "drafts", "new_account")
    report = {"form": "rb-28s", "month": 1}
    written = contracts.save_draft(
        year.book, dict.fromkeys(contracting.typed(), ""), draft=None, actor=keeper, now=moment
    )
    return {
        **{f"ledger:{name}": {"year_id": year.pk} for name in pages},
        **{f"ledger:{name}": {"account_id": ledger.account(year, "201")} for name in ("card", "account")},
        **{f"ledger:{name}": there for name in OF_A_YEAR},
        "ledger:units": {"code": budget.book.code, "year": budget.year},
        "ledger:draft": {"sketch_id": drafts.begin(ledger.journal(year), actor=keeper, now=moment).pk},
        "ledger:plan_draft": there | {"sketch_id": _act_without_lines(year)},
        "ledger:contract_draft": {"sketch_id": written.pk},
        "ledger:voucher": {"voucher_id": noted.id},
        "ledger:party": {"party_id": ledger.supplier().pk},
        "ledger:report": {"year_id": year.pk, **report},
        "ledger:report_joint": {"year": year.year, **report},
        "ledger:report_consolidated": {"year": year.year},
        "ledger:report_exclusions": {"year": year.year},
        "ledger:debt_year": {"year": year.year},
    }


def _act_without_lines(year: FiscalYear) -> int:
    return PlanDraft.objects.create(
        fiscal_year=year, content=dict.fromkeys(planning.typed(), ""), author="Maria Zaręba", changed_at=now()
    ).pk


def of_the_bank() -> Arguments:
    """An account without movements, a cash desk that nobody used, an invoice that just came."""
    year = ledger.make_year()
    treasury.make_unit()
    account = {"account_id": treasury.bank_account(year).pk}
    chief, keeper = (
        office.actor(Account.objects.get(login=one)) for one in (screen.CHIEF, screen.ACCOUNTANT)
    )
    desk = open_desk(year.book_id, "Kasa", actor=chief, today=ledger.TODAY, now=now())
    report = open_report(desk.pk, actor=keeper, today=ledger.TODAY, now=now())
    return {
        **{f"treasury:{name}": account for name in ("owed", "virtual_accounts")},
        **{f"treasury:{name}": {"desk_id": desk.pk} for name in ("cash_desk", "strict_forms")},
        "treasury:cash_report": {"report_id": report.pk},
        "treasury:invoice": {"invoice_id": treasury.received().pk},
    }


def of_the_assets() -> Arguments:
    """A thing with its OT alone, a stock-taking whose sheet is empty, a material and a licence."""
    thing = assets.taken(place=office.make_place("SADOWA/1/106").pk)
    keeper, moment, day = office.actor(Account.objects.get(login=screen.KEEPER)), now(), assets.TODAY
    taking = stocktaking.prepare(
        Order("FULL", "zarządzenie 1", day, is_blind=False), actor=keeper, today=day, now=moment
    )
    team = [
        Account.objects.get(login=screen.COUNTER).pk,
        office.make_staff("j.karta", "Jacek Karta", unit="OR", rights=[Right.COUNT_ASSETS]).pk,
    ]
    empty = office.make_place("PUSTY/1").pk
    stocktaking.add_field(taking.pk, empty, team, actor=keeper, today=day, now=moment)
    stocktaking.begin(taking.pk, actor=keeper, now=moment)
    sheet = {"sheet_id": taking.fields.get().sheet.pk}
    supply = keep(NewSupply("Toner", "szt.", empty), actor=keeper, today=day, now=moment)
    contract = contracts_of_assets.enter(
        Said("SERVICE", "1/2026", "Serwis", "Serwis sp. z o.o.", day), actor=keeper, now=moment
    )
    licence = enter(NewLicence("Edytor", "PERPETUAL", 1, day), actor=keeper, now=moment)
    return {
        **{
            f"assets:{name}": {"asset_id": thing.pk}
            for name in ("asset", "description", "value", "part", "lending", "attaching")
        },
        "assets:document": {"document_id": thing.lines.get().document_id},
        "assets:stock_take": {"stock_take_id": taking.pk},
        **{f"assets:{name}": sheet for name in ("sheet", "counter")},
        **{f"assets:{name}": {"contract_id": contract.pk} for name in ("contract", "contract_change")},
        "assets:tax": {"asset_id": thing.pk},
        "assets:supply": {"supply_id": supply.pk},
        "assets:licence": {"licence_id": licence.pk},
    }


def of_the_network() -> Arguments:
    """A device of three ports, one of them free, an empty rack, a network without addresses."""
    device = network.make_device("SW", ports=3)
    one, other = network.port(device, "1"), network.port(device, "2")
    cable = {"cable_id": network.join(one, other).pk}
    prefix = {"prefix_id": Prefix.objects.create(network="10.0.0.0/24", name="Pusta").pk}
    pages = ("device", "device_description", "device_place", "device_ports", "watch_settings")
    free = {"port_id": network.port(device, "3").pk}
    spare = Spare.objects.create(name="Wkładka", place=office.make_place())
    return {
        **{f"infrastructure:{name}": {"device_id": device.pk} for name in pages},
        **{f"infrastructure:{name}": free for name in ("port", "trace")},
        **{
            f"infrastructure:{name}": {"rack_id": network.make_rack().pk}
            for name in ("rack", "rack_description")
        },
        "infrastructure:type_description": {"type_id": device.device_type_id},
        **{f"infrastructure:{name}": cable for name in ("cable", "cable_description")},
        **{f"infrastructure:{name}": prefix for name in ("prefix", "prefix_description", "new_address")},
        "infrastructure:importing": {"what": "kable"},
        **{f"infrastructure:{name}": {"spare_id": spare.pk} for name in ("spare", "spare_description")},
    }


def of_what_is_watched() -> Arguments:
    """A gauge that measured nothing, a search that found nothing, a line without a cable, a term."""
    watch = Watch.objects.create(device=network.make_device("UPS"), address="10.0.0.1")
    gauge = Gauge.objects.create(watch=watch, kind="TEMPERATURE", key="1", label="Sala")
    run = DiscoveryRun.objects.create(
        network="10.0.0.0/24", total=254, made_by_name="Wiktor Kabel", made_at=now()
    )
    line = Circuit.objects.create(number="1", supplier="Operator", down=1, up=1, near=office.make_place())
    term = Expiry.objects.create(kind="DOMAIN", name="powiat.example", valid_until=network.TODAY)
    panel = PowerPanel.objects.create(place=office.make_place(), name="RG")
    circuit = ElectricCircuit.objects.create(panel=panel, name="F1")
    return {
        "infrastructure:panel": {"panel_id": panel.pk},
        "infrastructure:electric_circuit": {"circuit_id": circuit.pk},
        "infrastructure:vlan": {"vlan_id": Vlan.objects.create(number=7, name="Pusta").pk},
        "infrastructure:watched": {"device_id": watch.device_id},
        **{f"infrastructure:{name}": {"gauge_id": gauge.pk} for name in ("gauge", "thresholds")},
        "infrastructure:run": {"run_id": run.pk},
        "infrastructure:line": {"circuit_id": line.pk},
        "infrastructure:expiry": {"expiry_id": term.pk},
    }


def of_the_phones() -> Arguments:
    """A phone that nobody called, a group without phones, a line without tariffs."""
    node = telephony.make_node()
    own = telephony.make_phone("102", node, account=office.anna())
    on_desk = Device.objects.create(mac="00:15:65:00:00:01", vendor="YEALINK", model="T46U")
    trunk = {"trunk_id": telephony.make_trunk(node).pk}
    return {
        "telephony:phone": {"number": telephony.make_phone("101", node).pk},
        "telephony:greeting": {"number": own.pk},
        "telephony:group": {"number": telephony.make_group("800", node).pk},
        **{f"telephony:{name}": trunk for name in ("trunk", "tariff", "trunk_change")},
        "telephony:tariff_change": {"tariff_id": Tariff.objects.order_by("id")[0].pk},
        "telephony:public_number_change": {"number_id": telephony.make_public().pk},
        "telephony:caller": {"number": "+48600000000"},
        "telephony:node": {"node_id": node.pk},
        **{f"telephony:{name}": {"device_id": on_desk.pk} for name in ("device", "device_change")},
        "telephony:hours": {"node_id": node.pk},
    }
