"""The pre-ingest filter: corpora in, judged documents out, each of them in exactly one place.

One idea a file. ``inputs`` says what is read and ``splits`` cuts it into pieces of fixed size; ``formats`` turns a
piece into records and judged records into bytes again; ``judging`` is the batch interface that needs no file system;
``decisions`` says which folder a document belongs to; ``pool`` and ``worker`` spread splits over processes; ``journal``
and ``parts`` make every split appear once and complete; ``tally`` counts, ``summary`` tells. ``run`` holds the line
together.
"""
