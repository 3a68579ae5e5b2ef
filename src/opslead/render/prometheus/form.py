"""How rules and their tests are written down."""

from __future__ import annotations

import yaml


def literal(text: str) -> str:
    """Prometheus expands `{{ … }}` in labels and annotations; words of a document stay words."""
    return text.replace("{{", '{{ "{{" }}')


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: object) -> bool:
        del data
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _text)


def dump(tree: object) -> str:
    """YAML with Korean as it is; lines are broken where the text breaks them and nowhere else."""
    text: str = yaml.dump(tree, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**6)
    return text
