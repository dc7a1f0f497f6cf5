"""Item 4: documents come, are described, and go."""

from playwright.sync_api import FilePayload, Locator, expect

from tests.ui.walk.visitor import PATIENCE, Visitor
from ui.documents.jobs import STAGES

ROWS = "".join(f"第{number}号水表在镜湖市临波路{number}号,读数正常。\n" for number in range(240))
SEEN = """() => {
  window.seen = { sending: false, stages: [] };
  const look = () => {
    if (document.querySelector('.sending:not([hidden]) progress')) window.seen.sending = true;
    const stage = document.querySelector('.jobs .stages [aria-current]')?.textContent;
    if (stage && window.seen.stages.at(-1) !== stage) window.seen.stages.push(stage);
  };
  const changes = { attributes: true, childList: true, subtree: true };
  new MutationObserver(look).observe(document.getElementById('papers'), changes);
}"""

HURRY = """() => {
  const later = window.setTimeout;
  window.setTimeout = (act, after, ...more) => later(act, after === 8000 ? 800 : after, ...more);
}"""
"""The seconds in which a removal can be undone pass faster. (A clock of Playwright's own would be a script in
every frame, which the frame of a report refuses aloud.)"""


def documents(visitor: Visitor) -> None:
    """A person who looks after the folder."""
    visitor.goes_to("documents")
    reads_the_list(visitor)
    meter, notice = f"水表-{visitor.name}.txt", f"通报-{visitor.name}.txt"
    brings_files(visitor, meter, notice)
    describes(visitor, notice)
    removes(visitor, meter, notice)


def paper(visitor: Visitor, name: str) -> Locator:
    return visitor.page.locator(f'.paper[data-doc="{name}"]')


def reads_the_list(visitor: Visitor) -> None:
    """Each document with its state, its passages, its date and its source."""
    row = paper(visitor, "水务/年报.txt")
    expect(row.locator(".now")).to_contain_text(visitor.reads("papers.row.indexed"))
    for words in ("2025-01-15", "镜湖水务网", "TXT"):
        expect(row.locator(".facts")).to_contain_text(words)
    passages = visitor.reads("papers.passages", count="").strip()
    expect(row.locator(".facts")).to_contain_text(passages)


def brings_files(visitor: Visitor, meter: str, notice: str) -> None:
    """Several files at a time: what is read is followed by stages, what is not says why, file by file."""
    page = visitor.page
    page.evaluate(SEEN)
    texts = {
        meter: f"水表清单\n\n{ROWS}",
        notice: f"东岭水厂通报\n\n2025年4月1日\n\n{visitor.name}:水厂明年扩建二期。\n",
        f"白-{visitor.name}.txt": " \n",
        f"空-{visitor.name}.txt": "",
        f"坏-{visitor.name}.exe": "x",
    }
    with page.expect_file_chooser() as chooser:
        visitor.button("papers.choose").press("Enter")
    chooser.value.set_files(
        [
            FilePayload(name=name, mimeType="text/plain", buffer=words.encode())
            for name, words in texts.items()
        ]
    )
    refused = page.locator(".arriving .refused li")
    expect(refused).to_have_count(2)
    expect(refused.nth(0)).to_contain_text("文件是空的")
    expect(refused.nth(1)).to_contain_text("不支持这种格式的文件")
    indexed = visitor.reads("papers.row.indexed")
    for name in (notice, meter):
        expect(paper(visitor, name).locator(".now")).to_contain_text(indexed, timeout=4 * PATIENCE)
    expect(page.locator(".jobs .refused").filter(has_text=f"白-{visitor.name}.txt").first).to_be_visible()
    expect(paper(visitor, f"白-{visitor.name}.txt")).to_contain_text(visitor.reads("papers.row.skipped"))
    seen = page.evaluate("window.seen")
    assert seen["sending"]
    stages = [visitor.reads(f"papers.stage.{name}") for name in STAGES]
    assert seen["stages"]
    assert set(seen["stages"]) <= set(stages)
    visitor.looks("4-documents")
    while refused.count():
        refused.first.get_by_role("button", name=visitor.reads("papers.dismiss")).click()


def describes(visitor: Visitor, name: str) -> None:
    """Title, date and source are edited; a wrong date says what is wanted."""
    page = visitor.page
    paper(visitor, name).get_by_role("button", name=visitor.reads("papers.edit")).click()
    dialog = page.locator("#documents-dialog dialog")
    date = dialog.get_by_label(visitor.reads("papers.field.date"))
    date.fill("去年")
    date.press("Enter")
    expect(dialog.get_by_role("alert")).to_contain_text("去年")
    visitor.looks("4-edit", "dialog[open]")
    date.fill("2025-02")
    dialog.get_by_label(visitor.reads("papers.field.title")).fill("扩建通报")
    dialog.get_by_label(visitor.reads("papers.field.source")).fill("镜湖晚报")
    dialog.get_by_role("button", name=visitor.reads("papers.save")).click()
    facts = paper(visitor, name).locator(".facts")
    expect(facts).to_contain_text("2025-02")
    expect(facts).to_contain_text("镜湖晚报")
    expect(paper(visitor, name).locator(".title")).to_have_text("扩建通报")


def removes(visitor: Visitor, meter: str, notice: str) -> None:
    """A removal is undone; others are not, and their files are gone when the time for it is over."""
    page = visitor.page
    row = paper(visitor, notice)
    row.get_by_role("button", name=visitor.reads("papers.remove")).click()
    undo = row.get_by_role("button", name=visitor.reads("papers.undo"))
    expect(undo).to_be_focused()
    visitor.looks("4-undo", "#documents-sheet")
    undo.press("Enter")
    expect(page.locator("#papers .said")).to_have_text(visitor.reads("papers.kept", title="扩建通报"))
    page.evaluate(HURRY)
    names = (notice, meter, f"白-{visitor.name}.txt")
    for name in names:
        paper(visitor, name).get_by_role("button", name=visitor.reads("papers.remove")).click()
    for name in names:
        expect(paper(visitor, name)).to_have_count(0)
