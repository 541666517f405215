"""The places of the demonstration: buildings of two seats and two branches, floors, rooms, racks."""

from starostwo.office.models import Place, Seat
from starostwo.office.services.rooms import NewPlace, open_building, open_places
from starostwo.site.demo.people import INSTALLER, rows

GROUND = "parter"
USES = {1: "sala obsługi", 2: "kancelaria", 3: "serwerownia", 4: "magazyn"}


def furnish() -> None:
    """Open every place; the third room of each ground floor is the server room with a rack."""
    seats = dict(Seat.objects.values_list("code", "pk"))
    for row in rows("places.csv"):
        building = open_building(
            INSTALLER, seat_id=seats[row["seat"]], new=NewPlace(row["code"], row["name"])
        )
        floors = [
            NewPlace(str(number), f"piętro {number}" if number else GROUND)
            for number in range(int(row["floors"]))
        ]
        for floor in open_places(INSTALLER, parent_id=building.pk, new=floors):
            _rooms(floor, int(row["rooms"]))


def _rooms(floor: Place, count: int) -> None:
    story = int(floor.code)
    new = [
        NewPlace(
            f"{100 * story + number:03d}",
            USES[number] if story == 0 and number in USES else f"pokój {100 * story + number}",
        )
        for number in range(1, count + 1)
    ]
    rooms = open_places(INSTALLER, parent_id=floor.pk, new=new)
    if story == 0:
        open_places(INSTALLER, parent_id=rooms[2].pk, new=[NewPlace("R1", "szafa R1")])
