"""Device identifiers: OAID, IDFA, Android ID and vendor ids."""

from classifiers._cell_tests import either, masked, regex
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="device_id",
    zh=terms(
        """
        OAID|IDFA|IDFV|GAID|AAID|AndroidID+标识|标识符|码|值|号,
        设备标识, 设备ID, 设备号, 终端标识, 设备唯一标识, 设备识别码, 终端号, 登录设备, 广告标识, 设备指纹,
        设备唯一码, 设备唯一ID, 终端ID, 终端设备ID, 终端设备号, 终端唯一标识, 手机设备号, 手机设备ID,
        手机唯一标识, 移动设备标识, 安卓ID, 设备UUID, 设备码, 设备标识码, 设备标识符, 广告ID, 登录设备号,
        登录设备ID, ?机器码, 硬件标识, 绑定设备, 浏览器指纹, 推送设备ID, 极光推送ID, 广告|匿名设备|
        开放匿名设备|厂商|开发者匿名|应用匿名|设备|终端|移动终端|手机|安卓|苹果|客户端|登录设备|移动设备|
        绑定设备|硬件|推送+标识|标识符|识别号|唯一标识|唯一标识符|唯一识别码|唯一ID|标识码|指纹|令牌,
        设备OAID|设备IDFA|安卓标识|设备识别号, 机顶盒+号|编号|ID|标识|序列号
        """
    ),
    en=terms(
        """
        device id, oaid, idfa, android id, idfv, gaid, udid, device identifier, device no, device token,
        terminal id, did, adid, uuid device, bind device, device uuid, device code, hardware id, machine id,
        device, dev id, device fingerprint, device finger, terminal no, terminal uuid, terminal code,
        utdid, umid, tdid, smid, distinct id, anonymous id,
        phone device id, phone uuid, client device id, android device id, device udid, device key,
        mobile device id, push device id, registration id, ?machine code, device unique id,
        unique device id, login device, aaid, caid, vaid, dev uuid, device identity, advertising|advertiser|
        ad|ads|anonymous_device|vendor|vendor_device|open_anonymous_device|android|ios|apple|device|
        terminal|handset|mobile_device|phone|push|install|installation|app_install|app_instance id|
        identifier|uid|unique_id|uuid|identity|unique_identifier, oaid|idfa|idfv|gaid|aaid|udid|openudid|
        androidid|caid value|id|md5|hash|, stb|set_top_box id|no|number|code|sn|serial_no
        """
    ),
    py=terms(
        """
        sbbs, sbid, sbh, dlsb, shebei, zdbs, sbsbm, sbwym, zdid, sbzw, sbwybs, zdsbh, shebeihao, shebeiid,
        jqm, sbuid, dlsbid
        """
    ),
    fits=either(regex(r"^[0-9A-Za-z][0-9A-Za-z:_-]{7,127}$"), masked),
    with_header=0.5,
)
