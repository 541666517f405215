"""Verbs: documents that change assets, depreciation, stock-taking."""
