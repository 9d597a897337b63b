"""Answers over HTTP: the pages of the site, the data behind them, and SPARQL.

running      takes the port, starts and ends the processes
guard        one connection, with bounds on what a client sends and on how slowly
app          which part answers what
messages     requests and responses
negotiate    what is accepted: media types, languages, packing
things       names, pages and data; aliases are other spellings of names
making       makes pages and data with their headers; kept holds what was made
missing      what is not known, or was withdrawn
assets       styles and scripts
published    what `unkg publish` wrote
generation   the state of the store that is served, and the next one
sparql/      the endpoint
api/         the JSON API
"""
