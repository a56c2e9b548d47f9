"""Parts of patterns that rules of times of measurement share."""

from typing import Final

from .iso import NUMBER, UNIT

NAMED: Final = r"(?:days?|weeks?|wks?|months?|years?)"
AMOUNT: Final = rf"{NUMBER}[ -]?{UNIT}"
PERIOD: Final = r"(?:for|until|till|up to|during|over|within|through(?:out)?)"
LIST: Final = r"(?:, ?(?:and )?| and | & )"
LISTED: Final = rf"[0-9]+(?:{LIST}[0-9]+)+"
BASE: Final = (
    r"(?:baseline|screening|randomi[sz]ation|enrol+ment|inclusion|study (?:entry|start)"
    r")"
)
TO: Final = r"(?:up to|to|through|until|till)"
