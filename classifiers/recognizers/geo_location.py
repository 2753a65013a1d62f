"""Coordinates and tracks of persons: longitude, latitude, pairs, chains."""

from classifiers._cell_tests import decimals, either, regex
from classifiers._recognizer import Recognizer, terms

_PAIR = r"-?[0-9]{1,3}\.[0-9]{3,}[,; ]+-?[0-9]{1,3}\.[0-9]{3,}"
_COORDINATE = r"^-?(?:1[0-7][0-9]|[0-9]{1,2})\.[0-9]{2,}$"

RECOGNIZER = Recognizer(
    type="geo_location",
    zh=terms(
        """
        经度, 纬度, 定位坐标, 行驶轨迹, 定位, 轨迹, 行踪轨迹, 坐标, 位置坐标, 经纬度, GPS坐标, GPS定位,
        位置信息, 当前位置, GPS位置, GPS经度, GPS纬度, 签到位置, 签到坐标, 签到经度, 签到纬度, 打卡位置,
        打卡坐标, 打卡地点坐标, 定位信息, 定位经度, 定位纬度, 定位位置, 当前经度, 当前纬度, 位置经度,
        位置纬度, 活动轨迹, 车辆轨迹, 出行轨迹, 运动轨迹, 客户位置, 用户位置, 地理位置, 地理坐标, 实时位置,
        家庭坐标, 上车点坐标, 下车点坐标, GPS|GPS定位|定位|签到|打卡|登录|下单|家庭|住址|当前|实时|最后|
        上报|车辆|人员|用户|客户|骑手|司机|订单|上车|下车|出发|到达|拍照|现场+经度|纬度|经纬度|坐标|
        位置坐标|定位坐标|经纬度坐标, 行驶|行踪|活动|出行|运动|移动|通勤|车辆|人员|位置|骑行|跑步|足迹+轨迹|
        路线|轨迹点|踪迹, 座标|X坐标|Y坐标|经度值|纬度值|地理经度|地理纬度|北纬|东经
        """
    ),
    en=terms(
        """
        longitude, latitude, gps track, ?location, lng, lat, lon, gps, track, trajectory, coordinate,
        coordinates, latlng, lnglat, geo, geo point, gps lng, gps lat, gps location, position coordinate,
        geohash, geo location, geolocation, gps point, gps position, gps coord, coord, coords, position xy,
        position lng, position lat, cur lng, cur lat, current lng, current lat, checkin location,
        checkin lng, checkin lat, user location, user lng, user lat, loc lng, loc lat, xy coord,
        route track, move track, travel track, last location, lat lon, lon lat, lbs, pickup lng, pickup lat,
        location point, location lng, location lat, gps|geo|user|home|checkin|check_in|sign_in|login|
        current|last|last_known|pickup|dropoff|drop_off|driver|rider|vehicle|person|event|capture longitude|
        latitude|lng|lat|lon|coordinates|coordinate|coords|location_point|lnglat|latlng|position, position|
        movement|moving|travel|driving|walking|trip|route|running|cycling track|trail|trajectory|path|trace|
        gps, x_coordinate|y_coordinate|longi|lati|lngt|geo_coordinate|geo_x|geo_y|wgs84|gcj02|bd09|
        lbs_point|whereabouts
        """
    ),
    py=terms(
        """
        jd, wd, gj_zb, dwzb, jingdu, weidu, jwd, zuobiao, gpszb, gpsjd, gpswd, qdzb, qdwz, dwxx, dwjd, dwwd,
        xsgj, gjd, clgj, weizhi, wzzb
        """
    ),
    match=regex(rf"^[(\[]?{_PAIR}(?:[;|]+ ?{_PAIR})*[)\]]?$|^POINT ?\({_PAIR}\)$"),
    fits=either(regex(_COORDINATE), regex(_PAIR)),
    alone=0.5,
    with_header=0.5,
    decimals=decimals,
    of_things=True,
)
