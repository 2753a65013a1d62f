"""Who is counted in each scope, and what of it was deleted since."""

from scanner.counting.counts import CATEGORIES, WINDOWS, Counts, flow_table_id, gone_id, total

__all__ = ["CATEGORIES", "WINDOWS", "Counts", "flow_table_id", "gone_id", "total"]
