"""`opslead adopt`: what a chat window wrote, checked policy by policy and taken into the engine's document."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import click

from opslead.cli.files import write_all
from opslead.cli.packs import pack_folders, packs_option
from opslead.cli.prompt import adopt_command
from opslead.intake.page.readers import Source, read_source
from opslead.panel.handover.again import next_message
from opslead.panel.handover.composing import Adopted, adopt
from opslead.panel.handover.replies import Replies, read_replies
from opslead.panel.handover.settling import Basis
from opslead.pipeline import Options, Sources, prepare
from opslead.render.format import Bundle, render_all
from opslead.text import Lang, pick

NEXT = "next.md"


@click.command("adopt")
@click.argument("replies", nargs=-1, required=True, metavar="REPLY…")
@click.option(
    "--service",
    "services",
    multiple=True,
    required=True,
    help="The description or service.yaml; several times for several files.",
)
@click.option("--charter", help="The domain charter that went into the prompt.")
@click.option("--breach", help="The breach report that went into the prompt.")
@click.option("--out", default="out", show_default=True, type=click.Path(path_type=Path), help="Folder to write to.")
@click.option("--lang", default="auto", type=click.Choice(["ko", "en", "auto"]), show_default=True)
@packs_option
@click.option("--quiet", is_flag=True, help="Nothing but errors and what was not taken.")
def command(
    replies: tuple[str, ...],
    services: tuple[str, ...],
    charter: str | None,
    breach: str | None,
    out: Path,
    lang: Literal["ko", "en", "auto"],
    packs: tuple[Path, ...],
    quiet: bool,
) -> None:
    """Check each policy of one or several REPLY files and take what stands into specification.md and specification.json.

    Later replies replace earlier policies of the same number or name. What is not taken goes into next.md, the next message to the chat
    window. The exit code is 0 when every policy was taken, 1 when one was not, 2 for bad input.
    """
    given = _given(services, charter, breach)
    answers = [read_source(path) for path in replies]
    found = prepare(given, Options(lang, packs=pack_folders(packs)))
    language = found.ground.service.language
    read = read_replies(answers, language)
    adopted = adopt(Basis(found.ground, found.holes, found.synthesis, given.everything), read)
    again = adopt_command([*replies, f"reply-{len(replies) + 1}.md"], services, charter, breach, packs, lang)
    message = next_message(adopted, again)
    rendered, failed = render_all(("md", "json"), Bundle(adopted.specification, found.ground.service))
    written = write_all(out, {**rendered, **({NEXT: message.encode()} if message else {})})
    if not message:
        (out / NEXT).unlink(missing_ok=True)  # of an earlier round: nothing is left to ask
    if not quiet:
        click.echo("\n".join(summary(adopted, read, written, language)))
    click.echo("\n".join(complaints(adopted, language)), err=True, nl=bool(adopted.settled.out))
    for one in failed:
        click.echo(f"not written: {one.name}: {one.why}", err=True)
    if failed:
        sys.exit(3)
    if adopted.settled.out:
        sys.exit(1)


def _given(services: tuple[str, ...], charter: str | None, breach: str | None) -> Sources:
    def read(path: str | None) -> Source | None:
        return read_source(path) if path else None

    return Sources([read_source(path) for path in services], read(charter), read(breach))


def summary(adopted: Adopted, replies: Replies, written: list[Path], lang: Lang) -> Iterator[str]:
    """What was taken and where it stands, what was replaced, read and not kept, and the files."""
    taken, out = adopted.settled.taken, adopted.settled.out
    total = len(taken) + len(out)
    yield pick(
        lang, f"받은 정책 {total}개 가운데 {len(taken)}개를 받아들였다.", f"{len(taken)} of {total} policies taken."
    )
    for one in taken:
        number = one.said.policy.number
        kind = pick(lang, "새 정책", "new") if one.new else one.candidate.id
        yield f"  #{number} → #{adopted.numbers[number]} {one.said.policy.name} ({kind})"
    daggered = sum(len(one.worded.daggered) for one in taken)
    if daggered:
        yield pick(
            lang,
            f"출처가 없는 수 {daggered}곳에 †를 붙여 시작값으로 두었다.",
            f"{daggered} numbers without a source were marked with † as starting values.",
        )
    for one in taken:
        for words in one.worded.added:
            yield pick(
                lang,
                f"  #{one.said.policy.number}에 엔진의 문장을 더했다(탐색이 기대는 결정): {words}",
                f"  #{one.said.policy.number}: a sentence of the engine's was added (the search counts on it): {words}",
            )
    for earlier in replies.replaced:
        yield (
            pick(lang, "  뒤의 답이 바꾼 정책: ", "  replaced by a later reply: ")
            + f"{earlier.place} {earlier.policy.name}"
        )
    for refusal in adopted.settled.unread:
        yield (
            pick(lang, "  읽었으나 두지 않은 것: ", "  read, not kept: ")
            + f"{refusal.place} {refusal.what}: {refusal.why}"
        )
    if written[-1].name == NEXT:
        yield pick(lang, f"다음에 물을 것: {written[-1]}", f"What to ask next: {written[-1]}")
    else:
        yield pick(lang, "더 물을 것이 없다.", "Nothing is left to ask.")
    yield from (f"  {path}" for path in written)


def complaints(adopted: Adopted, lang: Lang) -> Iterator[str]:
    """Each policy that was not taken, with its place and every reason."""
    for one in adopted.settled.out:
        yield (
            f"{one.said.place}: "
            + pick(lang, "받아들이지 않음", "not taken")
            + f": #{one.said.policy.number} {one.said.policy.name}"
        )
        yield from (f"    {complaint}" for complaint in one.complaints)
