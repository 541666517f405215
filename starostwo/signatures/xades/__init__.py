"""XAdES: signing with signxml, and our own strict verifier for what citizens send."""
