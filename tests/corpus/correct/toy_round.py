"""A text with what breaks offsets: emoji, combining marks, µ, ≥, CRLF."""

TEXT = (
    "A77\r\nCafe\u0301 trial \U0001f489 of amberol\r\n\r\nBrief summary\r\n"
    "Give 50 µg daily \U0001f489\U0001f489 to all.\r\n\r\n"
    "Eligibility criteria\r\nINR ≥ 1.5 at screening\r\n"
)
