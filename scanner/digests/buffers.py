"""Arrow buffers as compiled kernels read them."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa


def seen(buffer: pa.Buffer | None, dtype: type[np.generic]) -> npt.NDArray[Any]:
    """Return a buffer as numbers that cannot be written, so that a kernel is compiled for one case only."""
    numbers = np.frombuffer(memoryview(buffer) if buffer else b"", dtype)
    numbers.flags.writeable = False
    return numbers
