"""Answers over HTTP: the pages of the site, the data behind them, and SPARQL."""
