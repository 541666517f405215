"""Another SNMP library asked the same, in an environment of its own; the product needs none of it."""
