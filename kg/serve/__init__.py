"""Answers over HTTP: the pages of the site, the data behind them, and SPARQL.

running      takes the port, starts and ends the processes
guard        one connection, with bounds on what a client sends and on how slowly
app          which part answers what
messages     requests and responses
sending      a response as it goes out: packed, or not at all where it is held
files        files from the disk, whole or in parts
negotiate    what is accepted: media types, languages, packing
things       names, pages and data; aliases are other spellings of names
making       makes pages and data with their headers; kept holds what was made
missing      what is not known, or was withdrawn
assets       styles and scripts
published    what `unkg publish` wrote
ready        pages of it that are sent as they are, while they are those that would be made
generation   the state of the store that is served, and the next one
sparql/      the endpoint
api/         the JSON API
"""
