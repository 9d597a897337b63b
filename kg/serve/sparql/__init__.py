"""The SPARQL endpoint: queries run in processes of their own, which are ended when they take too long.

scan         what a query is before it runs; refuses what would ask other servers
lookup       tells queries that are cheap for certain, which are answered without the way to another process
results      rows and triples in the formats of SPARQL 1.1
run          runs one query within its limits
wall         keeps a process from opening connections
worker       the process that runs queries
pool         starts, ends and replaces these
protocol     SPARQL 1.1 Protocol over HTTP
description  what the endpoint says of itself
"""
