"""Who is counted in each scope, and what of it was deleted since."""

from scanner.counting.counts import WINDOWS, Counts, flow_table_id, gone_id, total
from scanner.counting.nesting import CATEGORIES, holding, within

__all__ = ["CATEGORIES", "WINDOWS", "Counts", "flow_table_id", "gone_id", "holding", "total", "within"]
