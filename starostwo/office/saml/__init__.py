"""Signing in of residents at the national node login.gov.pl: SAML 2.0, answer by artifact."""
