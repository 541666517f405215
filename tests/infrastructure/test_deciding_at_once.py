"""Two people decide on one proposal at the same moment."""

import threading
from ipaddress import ip_network

from django.db import connection
from django.utils.timezone import now

from starostwo.infrastructure import testing as infrastructure
from starostwo.infrastructure.models import Device, DiscoveryRun, Proposal
from starostwo.infrastructure.services.proposals import NoSuchProposal, Said, accept
from starostwo.office import testing as office


def test_of_two_who_accept_at_once_one_is_told_that_it_is_decided(committed_database: str) -> None:
    office.make_office()
    device = infrastructure.make_device("SW-1")
    run = DiscoveryRun.objects.create(
        network=ip_network("10.9.0.0/28"), total=1, made_at=now(), ended_at=now(), state="DONE"
    )
    found = Proposal.objects.create(
        run=run, kind="RENAMED", key="name:1", device=device, known="SW-1", seen="SW-2", told={"name": "SW-2"}
    )
    actor, barrier, outcomes = infrastructure.administrator(), threading.Barrier(4), list[str]()

    def decide() -> None:
        barrier.wait()
        try:
            accept(found.pk, Said(), actor=actor, now=now())
        except NoSuchProposal:
            outcomes.append("late")
        else:
            outcomes.append("done")
        finally:
            connection.close()

    threads = [threading.Thread(target=decide) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["done", "late", "late", "late"]
    assert Device.objects.get(pk=device.pk).name == "SW-2"
