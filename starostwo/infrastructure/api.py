"""The door into `infrastructure` for other packages. Nothing else here may be imported from outside."""

from starostwo.infrastructure.access import may_manage, may_see
from starostwo.infrastructure.queries.tracing import Hop, Stop, Trace, port_with_mac, trace

__all__ = ["Hop", "Stop", "Trace", "may_manage", "may_see", "port_with_mac", "trace"]
