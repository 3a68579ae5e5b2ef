"""The page on writing a pack does what it says: its files written, its commands run."""

import re
from pathlib import Path

from commands import opslead

PAGE = (Path(__file__).parents[1] / "docs" / "packs.md").read_text(encoding="utf-8")
FILES = re.findall(r"^```\w+ file=(\S+)\n(.*?)^```$", PAGE, re.S | re.M)
COMMANDS = re.findall(r"^```sh\n(opslead .*?)\n```$", PAGE, re.S | re.M)


def run(command, folder):
    return opslead(*command.split()[1:], cwd=folder)


def test_the_page_works_as_it_stands(tmp_path):
    assert len(FILES) == 5
    assert len(COMMANDS) == 3
    for name, text in FILES:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "opslead.toml").rename(tmp_path / "later.toml")
    for command in COMMANDS:
        if "out-again" in command:
            (tmp_path / "later.toml").rename(tmp_path / "opslead.toml")
        done = run(command, tmp_path)
        assert done.returncode == 0, (done.stdout + done.stderr).decode()
    for out in ("out", "out-again"):
        text = (tmp_path / out / "specification.md").read_text(encoding="utf-8")
        assert "A boat that is not back is looked for before anybody asks" in text
        assert "Kayak rental `kayaks`" in text
        assert "OP08-friction-ladder" not in text
    assert (tmp_path / "out" / "specification.md").read_bytes() == (
        tmp_path / "out-again" / "specification.md"
    ).read_bytes()


def test_settings_that_mean_nothing_are_an_error(tmp_path):
    for text, says in [
        ("pack = ['x']", "unknown setting"),
        ("packs = 'x'", "not a list"),
        ("packs = ['nowhere']", "no folder"),
        ("packs = [", "cannot be read"),
    ]:
        (tmp_path / "opslead.toml").write_text(text, encoding="utf-8")
        done = run("opslead catalog list", tmp_path)
        assert done.returncode == 2
        assert says in done.stderr.decode()
        assert "Traceback" not in done.stderr.decode()


ROOT = Path(__file__).parents[1]
CHAT = re.findall(r"^```sh\n(opslead .*?)\n```$", (ROOT / "docs" / "chat-window.md").read_text(encoding="utf-8"), re.M)


def test_the_page_on_chat_windows_works_as_it_stands(tmp_path):
    ask, once, twice = CHAT
    (tmp_path / "service.md").write_bytes((ROOT / "examples" / "laundry" / "service.md").read_bytes())
    for number, name in enumerate(("reply.md", "reply-2.md"), 1):
        recorded = ROOT / "tests" / "panel" / "replies" / f"laundry-{number}.ko.md"
        (tmp_path / name).write_bytes(recorded.read_bytes())
    done = run(ask, tmp_path)
    assert done.returncode == 0, done.stderr.decode()
    brief = (tmp_path / "brief.md").read_text(encoding="utf-8")
    assert "opslead adopt reply.md --service service.md" in brief
    assert "`handoffs.waiting_queue@inspect`" in brief
    first = run(once, tmp_path)
    assert first.returncode == 1, first.stderr.decode()
    assert "reply.md:54: " in first.stderr.decode()
    assert "[Policy #3]" in (tmp_path / "out" / "next.md").read_text(encoding="utf-8")
    second = run(twice, tmp_path)
    assert second.returncode == 0, second.stderr.decode()
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["specification.json", "specification.md"]
    text = (tmp_path / "out" / "specification.md").read_text(encoding="utf-8")
    for name in ("주말에 쌓인 봉투는 월요일 아침", "문 앞에서 사라지거나 젖은 봉투", "하루 합계로 막는 보상 한도"):
        assert name in text
