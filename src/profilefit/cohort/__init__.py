"""Many profiles: the walk of one, repeated, and what the results say together.

The rooms, in the order in which data goes through them::

    sources    what to read: folders, patterns, lists; ``remote`` those behind a URL
    engine     worker processes (``worker`` is their side), with limits for each file; ``cluster`` them on Dask
    record     a report as the few facts that are counted
    store      records kept from one run to the next
    tables     records → pandas
    counts     tables → whole numbers that add up
    aggregates counts → the numbers of the study (``summary``); ``privacy`` hides small ones
    reporting  the numbers as text, Markdown, JSON, HTML; the tables as files

``run`` is the walk through all of them. Nothing is imported here: a worker needs no tables.
"""
