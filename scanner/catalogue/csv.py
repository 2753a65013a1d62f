"""CSV: a row for every column that was seen, in UTF-8 with a mark, so that spreadsheet programs read Chinese.

Its first six columns are those of a data dictionary, and the file is read back as one (``dictionary``).
"""

from __future__ import annotations

import csv
import io

from scanner.catalogue._places import Naming
from scanner.catalogue._rows import columns_sheet, harmless
from scanner.result import Result

NAME = "csv"
FILE_NAME = "columns.csv"


def render(result: Result, naming: Naming) -> bytes:
    """Return the file."""
    del naming
    sheet = columns_sheet(result)
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(sheet.head)
    writer.writerows([harmless(cell) for cell in row] for row in sheet.rows)
    return out.getvalue().encode("utf-8-sig", "replace")
