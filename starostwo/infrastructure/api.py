"""The door into `infrastructure` for other packages. Nothing else here may be imported from outside."""

from starostwo.infrastructure.access import may_manage, may_see
from starostwo.infrastructure.queries.monitoring import untaken as untaken_alarms
from starostwo.infrastructure.queries.tracing import Hop, Stop, Trace, port_with_mac, trace
from starostwo.infrastructure.queries.work import of_person as work_of

__all__ = [
    "Hop", "Stop", "Trace", "may_manage", "may_see", "port_with_mac", "trace", "untaken_alarms", "work_of",
]  # fmt: skip
