"""The JSON API: documents, clauses, lineages, series, things and search, for programs.

parameters   what an address may say, declared once, for reading and for the description
operations   the paths, each with its parameters, its answer's schema and what answers it
answers      documents, clauses, series and things as JSON
lineages     what a document rests on, or what rests on it
found        search
description  OpenAPI 3.1, and a plain page of it
respond      from a request to its answer
"""
