"use strict";
/* The tools of the source pane: contents, pictures of pages, copying a quote. */
(() => {
  const AT_ONCE = 300;
  const pane = window.qingwen.pane;
  const { $, head, frame, said, tell, address } = pane;

  /* The headings as buttons; of very many the first, and more when the end of the list comes in sight. */
  const contents = () => {
    const list = document.createElement("ol"), headings = pane.reader.headings();
    const outermost = headings.reduce((least, one) => Math.min(least, one.level), 6);
    const end = document.createElement("li");
    const sight = new IntersectionObserver((seen) => { if (seen.some((one) => one.isIntersecting)) more(); });
    const more = () => {
      for (const one of headings.splice(0, AT_ONCE)) end.before(entry(one, outermost));
      if (headings.length) return;
      end.remove();
      sight.disconnect();
    };
    list.append(end);
    const none = !headings.length;
    more();
    $("#source-contents").replaceChildren(none ? said("headless") : list);
    sight.observe(end);
  };
  const entry = (heading, outermost) => {
    const item = document.createElement("li"), button = document.createElement("button");
    button.type = "button";
    button.textContent = heading.title;
    item.style.setProperty("--level", heading.level - outermost);
    button.addEventListener("click", () => {
      picture(false);
      pane.reader.show(heading.node);
      heading.node.tabIndex = -1;
      heading.node.focus({ preventScroll: true });
    });
    item.append(button);
    return item;
  };

  /* Every page of a PDF as an image with the same marks, fetched when it comes near. */
  const picture = (on) => {
    const box = $("#source-pages"), button = $('[data-act="picture"]');
    box.hidden = !on;
    frame().hidden = on;
    button?.setAttribute("aria-pressed", String(on));
    if (button) box.setAttribute("aria-label", button.textContent);
    box.replaceChildren();
    if (!on || !pane.reader) return;
    const data = head().dataset;
    for (const { dataset: { page } } of pane.reader.pages()) {
      const image = new Image();
      image.alt = said("page", { page });
      image.loading = "lazy";
      image.dataset.page = page;
      image.addEventListener("error", () => image.replaceWith(said("pictureless")));
      const spans = pane.state() ? [] : JSON.parse(data.spans); /* of a text that was changed they are wrong */
      image.src = address(data, `${data.pages}/${page}.png`, spans);
      box.append(image);
    }
    turn();
  };
  const turn = () => {
    const page = pane.reader.pageOf(pane.mark)?.dataset.page;
    const image = $(`#source-pages [data-page="${page}"]`);
    if (image) $("#source-pages").scrollTop = image.offsetTop - 8;
  };

  const copy = async () => {
    const chosen = pane.reader?.selection(), span = chosen ? [chosen.start, chosen.end] : pane.focus;
    if (!span) return tell(said("pick"));
    const { reference, doc } = head().dataset;
    const words = `“${pane.reader.quote(span).trim()}”\n——${reference},${doc} [${span[0]}:${span[1]}]`;
    try {
      await navigator.clipboard.writeText(words);
      tell(said("copied"));
    } catch {
      tell(said(written(words) ? "copied" : "uncopied"));
    }
  };
  /* Over plain HTTP from another machine browsers have no clipboard for scripts but this. */
  const written = (words) => {
    const box = document.createElement("textarea"), before = document.activeElement;
    box.value = words;
    document.body.append(box);
    box.select();
    const done = document.execCommand("copy");
    box.remove();
    before?.focus();
    return done;
  };

  /* The box to find words with gets its words in the language of the head. */
  const name = (data) => {
    const [box, back, forth] = document.querySelectorAll("#source-find :is(input, button)");
    for (const [part, words] of [[box, data.words], [back, data["find.previous"]], [forth, data["find.next"]]]) {
      part.setAttribute("aria-label", words);
      part[part === box ? "placeholder" : "title"] = words;
    }
  };

  Object.assign(pane, { contents, picture, turn, name });
  Object.assign(pane.acts, { copy, picture: () => picture($("#source-pages").hidden) });
})();
