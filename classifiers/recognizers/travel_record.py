"""Tickets, seats, itineraries, stays.

GB/T 35273-2020 lists lodging, and GB/T 45574-2025 journeys conditionally; PIPL article 28 names whereabouts.
"""

from classifiers._cell_tests import either, regex
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="travel_record",
    zh=terms(
        """
        出行|乘车|乘机|出差|旅行|行程|住宿|入住|通关|出入境|进出站|乘坐+记录|行程|明细|轨迹|轨迹记录|历史,
        客票号|电子客票号|机票号|火车票号|客票编号|入住酒店|入住宾馆|入住房号|入住房间号|退房时间|入住时间|
        登机牌号|乘车座位|乘机座位|旅客座位号
        """
    ),
    en=terms(
        """
        travel|trip|journey|lodging|accommodation|stay|flight|train|passenger|border_crossing record|
        records|history|log|itinerary|details, e_ticket_no|air_ticket_no|eticket_no|train_ticket_no|
        passenger_ticket_no|boarding_pass_no|passenger_seat|passenger_seat_no|stay_hotel|stay_room|
        hotel_stay|guest_room_no|check_in_hotel
        """
    ),
    py=terms("cxjl|ccjl|rzjd|rzfh|kph|dzkph"),
    fits=either(regex(r"[0-9]{2,}"), regex(r"\p{Han}{2,}")),
    with_header=0.4,
)
