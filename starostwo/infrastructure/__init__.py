"""The network and what hangs on it: devices, racks, cables, power, addresses, work orders."""
