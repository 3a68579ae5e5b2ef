"""One policy an ask: its commission, its checks, what becomes of it."""
