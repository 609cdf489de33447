"""The language server: what is found, in an editor, while one writes. It needs the extra ``server``.

``positions`` counts as clients count, ``judged`` holds what is known of a document, ``diagnostics``, ``hover`` and
``actions`` make of it what the protocol asks for, ``workspaces`` has the settings of each folder, and ``session`` talks
to the client.
"""
