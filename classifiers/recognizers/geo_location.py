"""Coordinates and tracks of persons: longitude, latitude, pairs, chains."""

from classifiers._cell_tests import either, regex
from classifiers._recognizer import Recognizer

_PAIR = r"-?[0-9]{1,3}\.[0-9]{3,}[,; ]+-?[0-9]{1,3}\.[0-9]{3,}"
_COORDINATE = r"^-?(?:1[0-7][0-9]|[0-9]{1,2})\.[0-9]{2,}$"

RECOGNIZER = Recognizer(
    type="geo_location",
    zh=(
        "经度",
        "纬度",
        "定位坐标",
        "行驶轨迹",
        "定位",
        "轨迹",
        "行踪轨迹",
        "坐标",
        "位置坐标",
        "经纬度",
        "GPS坐标",
        "GPS定位",
        "位置信息",
        "当前位置",
    ),
    en=(
        "longitude",
        "latitude",
        "gps track",
        "?location",
        "lng",
        "lat",
        "lon",
        "gps",
        "track",
        "trajectory",
        "coordinate",
        "coordinates",
        "latlng",
        "lnglat",
        "geo",
        "geo point",
        "gps lng",
        "gps lat",
        "gps location",
        "position coordinate",
        "geohash",
    ),
    py=("jd", "wd", "gj_zb", "dwzb", "jingdu", "weidu", "jwd", "zuobiao"),
    match=regex(rf"^[(\[]?{_PAIR}(?:[;|]+ ?{_PAIR})*[)\]]?$|^POINT ?\({_PAIR}\)$"),
    fits=either(regex(_COORDINATE), regex(_PAIR)),
    alone=0.5,
    with_header=0.5,
)
