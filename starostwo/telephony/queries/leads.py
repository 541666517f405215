"""What leads to a number: it is put right before the number is taken away."""

from django.db.models import Q

from starostwo.telephony.models import Device, Extension, GroupMember, HuntGroup, PublicNumber
from starostwo.telephony.rules.numbers import shown


def leads_to(number: str) -> list[str]:
    """Each thing that would lead nowhere without this number, in words."""
    forwards = Q(forward_always=number) | Q(forward_busy=number) | Q(forward_no_answer=number)
    phones = Extension.objects.filter(forwards).order_by("number")
    groups = HuntGroup.objects.filter(Q(then=number) | Q(at_night=number)).exclude(pk=number)
    members = GroupMember.objects.filter(extension=number).select_related("group").order_by("group")
    public = PublicNumber.objects.filter(rings=number).order_by("number")
    return [
        *(f"numer zewnętrzny {shown(one.number)}" for one in public),
        *(f"grupa {one.group}" for one in members),
        *(f"przekierowanie grupy {one}" for one in groups.order_by("number")),
        *(f"przekierowanie telefonu {one}" for one in phones),
        *(f"aparat {one.mac}" for one in Device.objects.filter(extension=number).order_by("mac")),
    ]
