"""The tables of this room as targets of set-based writes."""

from yijianshi.foundation.batch import Table

COURIER_CHANNEL = "yijianshi_courier"
OUTGOING = Table(
    "exchange_outgoing",
    {
        "id": "uuid",
        "neighbour": "text",
        "kind": "text",
        "about": "text",
        "sequence": "integer",
        "body": "text",
        "created_at": "timestamptz",
        "next_at": "timestamptz",
    },
)
RECEIVED = Table(
    "exchange_received",
    {
        "neighbour": "text",
        "message_id": "uuid",
        "kind": "text",
        "about": "text",
        "sequence": "integer",
        "body": "text",
        "sent_at": "timestamptz",
        "received_at": "timestamptz",
    },
)
OUT_CONTEXT = "exchange.Outgoing.body"
IN_CONTEXT = "exchange.Received.body"
