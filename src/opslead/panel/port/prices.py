"""What tokens cost, by the price list that is installed; nothing is fetched."""

from __future__ import annotations

from collections.abc import Callable

from genai_prices import Usage as PricedUsage
from genai_prices import calc_price

from opslead.panel.port.exchange import Usage
from opslead.panel.port.names import Which


def pricing_of(which: Which) -> Callable[[Usage], float | None]:
    """US dollars ; None for models that it does not know."""
    provider = {"anthropic": "anthropic", "openai": "openai"}.get(which.provider)
    if provider is None or which.base:
        return _unknown

    def price(usage: Usage) -> float | None:
        counted = PricedUsage(
            input_tokens=usage.tokens_in,
            output_tokens=usage.tokens_out,
            cache_read_tokens=usage.cached,
            cache_write_tokens=usage.stored,
        )
        try:
            return float(calc_price(counted, which.model, provider_id=provider).total_price)
        except LookupError:
            return None

    return price


def _unknown(usage: Usage) -> None:
    """The price of a model that is on nobody's list."""
    del usage
