"""What lands in the register through Git: what may land, and two clerks' work joined.

Git calls ``xinfang hook …`` (:mod:`hooks <xinfang.landing.hooks>` sets that up in a clone and on a
server). Before a commit :mod:`staging <xinfang.landing.staging>`, and before a push is taken in
:mod:`receiving <xinfang.landing.receiving>`, read the old and the new state as
:mod:`trees <xinfang.landing.trees>`; :mod:`guard <xinfang.landing.guard>` holds one against the
other and :mod:`plain <xinfang.landing.plain>` looks for identities in clear.

Where two sides meet in one file Git calls :mod:`joining <xinfang.landing.joining>`:
:mod:`layout <xinfang.landing.layout>` cuts the file into its lines, and
:mod:`merging <xinfang.landing.merging>` puts the steps of both in their order. Two matters under
one number are told apart by :mod:`clashes <xinfang.landing.clashes>`; one of them is given the
next number by :mod:`renumbering <xinfang.landing.renumbering>`.
"""
