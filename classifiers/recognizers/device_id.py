"""Device identifiers: OAID, IDFA, Android ID and vendor ids."""

from classifiers._cell_tests import either, masked, regex
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="device_id",
    zh=terms(
        """
        设备标识, 设备ID, 设备号, 终端标识, 设备唯一标识, 设备识别码, 终端号, 登录设备, 广告标识,
        设备指纹, 设备唯一码, 设备唯一ID, 终端ID, 终端设备ID, 终端设备号, 终端唯一标识, 手机设备号,
        手机设备ID, 手机唯一标识, 移动设备标识, 安卓ID, 设备UUID, 设备码, 设备标识码, 设备标识符,
        广告ID, 登录设备号, 登录设备ID, 机器码, 硬件标识, 绑定设备, 浏览器指纹, 推送设备ID, 极光推送ID
        """
    ),
    en=terms(
        """
        device id, oaid, idfa, android id, idfv, gaid, udid, device identifier, device no, device token,
        terminal id, did, adid, uuid device, bind device, device uuid, device code, hardware id,
        machine id, device, dev id, device fingerprint, device finger, terminal no, terminal uuid,
        terminal code, phone device id, phone uuid, client device id, android device id, device udid,
        device key, mobile device id, push device id, registration id, machine code, device unique id,
        unique device id, login device, aaid, caid, vaid, dev uuid, device identity
        """
    ),
    py=terms(
        """
        sbbs, sbid, sbh, dlsb, shebei, zdbs, sbsbm, sbwym, zdid, sbzw, sbwybs, zdsbh, shebeihao,
        shebeiid, jqm, sbuid, dlsbid
        """
    ),
    fits=either(regex(r"^[0-9A-Za-z][0-9A-Za-z:_-]{7,127}$"), masked),
    with_header=0.5,
)
