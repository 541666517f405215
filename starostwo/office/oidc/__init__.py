"""Signing in of residents through an OpenID Connect provider (authorization code, PKCE, nonce)."""
