"""A pandas frame as people have them in notebooks: customers, 20 columns of all kinds."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa

from scanner.demo.people import populate

PER_CUSTOMER = 50  # every fiftieth customer is registered twice
MISSING = {"id_card_no": 0.45, "mobile": 0.04, "email": 0.3, "wx_openid": 0.6, "address": 0.25}
_CHANNELS = ("门店", "小程序", "官网", "应用", "分销")
_LEVELS = ("普通", "银卡", "金卡", "钻石")
_REMARKS = ("已回访", "客户要求晚上联系", "无", "转人工", "下次生日前提醒", "工单已关闭")


def customers(rows: int, seed: int = 0) -> pd.DataFrame:
    """Return ``rows`` rows of generated customers."""
    persons = rows * PER_CUSTOMER // (PER_CUSTOMER + 1)
    people = populate(persons, seed)
    rng = np.random.default_rng([seed, 77])
    who = rng.permutation(np.concatenate([np.arange(persons), np.arange(rows - persons)]))
    of_person = {
        "xm": people.name,
        "id_card_no": people.id_card,
        "mobile": people.mobile,
        "email": people.email,
        "member_no": people.member_no,
        "wx_openid": people.openid,
        "bank_card": people.card,
        "device_id": people.device,
        "address": people.address,
    }
    cells = {name: _shown(column, who, MISSING.get(name, 0), rng) for name, column in of_person.items()}
    frame = pd.DataFrame({"customer_id": np.arange(1, rows + 1), **cells})
    frame.insert(2, "gender", _picked(("女", "男"), people.male[who].astype(np.int64)))
    frame.insert(3, "birthday", people.birth[who].astype("datetime64[s]"))
    frame["remark"] = _picked(_REMARKS, rng.integers(0, len(_REMARKS), rows))
    frame["channel"] = _picked(_CHANNELS, rng.integers(0, len(_CHANNELS), rows))
    frame["level"] = pd.Categorical.from_codes(rng.integers(0, len(_LEVELS), rows), list(_LEVELS))
    frame["points"] = rng.integers(0, 20_000, rows)
    frame["spent"] = np.round(rng.lognormal(6, 1.2, rows), 2)
    frame["visits"] = rng.integers(0, 300, rows)
    frame["subscribed"] = rng.random(rows) < 0.4
    frame["reg_time"] = np.datetime64("2019-03-01", "s") + rng.integers(0, 240_000_000, rows)
    return frame


def _shown(column: pa.Array, who: np.ndarray, missing: float, rng: np.random.Generator) -> pd.Series:
    some = pa.array(who, mask=rng.random(len(who)) < missing)
    return column.take(some).to_pandas()


def _picked(words: tuple[str, ...], index: np.ndarray) -> pd.Series:
    return pa.array(words).take(pa.array(index)).to_pandas()
