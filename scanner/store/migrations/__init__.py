"""How the schema of the store came about, one file a revision; ``scanner.store.migrating`` runs them.

MySQL ends its transaction with every change of a table, so a revision that was killed there is run again:
tables are made if they do not exist.
"""
