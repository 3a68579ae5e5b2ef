"""opslead over the Model Context Protocol: the engine's findings, numbers and search as tools, the contract and the patterns as resources.

A tool is a module in `tools/` with `add(server, bench)`. Texts come in as texts: nothing here opens a file by a path that a client
names, and nothing is fetched. Only `server.py`, `serve.py`, `work.py`, `resources.py`, `prompts.py` and the tools know the SDK.
"""
