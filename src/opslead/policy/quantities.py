"""Computed numbers as the specification carries them."""

from __future__ import annotations

from opslead.model.service import Basis
from opslead.quantities.computation import Computation
from opslead.spec.document import Quantity, QuantityInput, QuantityRange


def quantity(made: Computation) -> Quantity:
    """The computation as the document carries it."""
    return Quantity(
        id=made.id,
        title=made.title,
        text=made.text,
        result=made.result,
        unit=made.unit,
        formula=made.formula,
        method=made.method,
        reference=made.reference,
        inputs=tuple(
            QuantityInput(
                key=item.key,
                name=item.name,
                value=item.value,
                unit=item.unit,
                basis=item.source.basis,
                source=item.source.text,
                place=str(item.source.place) if item.source.basis is not Basis.ASSUMED else "",
                low=item.low,
                high=item.high,
            )
            for item in made.inputs
        ),
        sensitivity=tuple(QuantityRange(key=s.key, at_low=s.at_low, at_high=s.at_high) for s in made.sensitivity),
        flat=made.flat,
    )
