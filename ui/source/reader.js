"use strict";
/* A document within a frame: its characters and where they stand, its words found, its headings and pages.

   Offsets that come in and go out count characters as the server does (code points), not UTF-16 units. */
(() => {
  const MOST_LIT = 1000;
  const CJK = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]/;

  /* How many numbers of an ascending array are below a value. */
  const below = (numbers, value) => {
    let low = 0, high = numbers.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (numbers[middle] < value) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  /* Words as a pattern: between Chinese characters a line may end, a space is any white space. */
  const pattern = (words) => {
    const chars = [...words.trim().replace(/\s+/g, " ")];
    const parts = chars.map((char, at) => {
      const near = CJK.test(char) || CJK.test(chars[at + 1] || "");
      const loose = at + 1 < chars.length && near ? "\\s*" : "";
      return (char === " " ? "\\s+" : char.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")) + loose;
    });
    return new RegExp(parts.join(""), "giu");
  };

  window.qingwenReader = (frame) => {
    const page = frame.contentDocument, view = frame.contentWindow;
    const root = page.querySelector("main");
    const walker = page.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const nodes = [], starts = [], numbers = new Map();
    let length = 0;
    while (walker.nextNode()) {
      numbers.set(walker.currentNode, nodes.length);
      nodes.push(walker.currentNode);
      starts.push(length);
      length += walker.currentNode.data.length;
    }
    const text = root.textContent;
    const pairs = [], pairPoints = [];
    for (const pair of text.matchAll(/[\ud800-\udbff][\udc00-\udfff]/g)) {
      pairPoints.push(pair.index - pairs.length);
      pairs.push(pair.index);
    }
    const unit = (point) => point + below(pairPoints, point);
    const point = (at) => at - below(pairs, at);

    /* Where a unit stands; the end of a range belongs to the node that ends there. */
    const place = (at, ending) => {
      const number = Math.max(below(starts, ending ? at : at + 1) - 1, 0);
      return nodes.length ? [nodes[number], at - starts[number]] : [root, 0];
    };
    const range = (start, end, fixed) => {
      const [first, from] = place(start, false), [last, to] = place(end, true);
      if (fixed) {
        return new view.StaticRange({ startContainer: first, startOffset: from, endContainer: last, endOffset: to });
      }
      const made = page.createRange();
      made.setStart(first, from);
      made.setEnd(last, to);
      return made;
    };

    const marks = [...root.querySelectorAll("mark")].map((mark) => {
      return { mark, start: starts[numbers.get(mark.firstChild)] };
    });
    /* Let the marks of a span stand out; gives the first of them. */
    const focus = (span) => {
      const [start, end] = span ? span.map(unit) : [0, 0];
      let first = null;
      for (const one of marks) {
        const inside = one.start >= start && one.start < end;
        one.mark.classList.toggle("focus", inside);
        first = first || (inside ? one.mark : null);
      }
      return first;
    };

    /* Bring something into sight. Parts that were never drawn have a guessed height: look again when drawn. */
    const show = (box, tries = 3) => {
      const rect = box.getBoundingClientRect();
      if (rect.top < 0 || rect.bottom > view.innerHeight || tries === 3) {
        view.scrollTo({ top: view.scrollY + rect.top - view.innerHeight / 3, behavior: "instant" });
      }
      if (tries) requestAnimationFrame(() => requestAnimationFrame(() => show(box, tries - 1)));
    };

    const light = (name, spans) => {
      const all = view.CSS?.highlights;
      if (!all) return;
      all.delete(name);
      if (spans.length) {
        const lit = new view.Highlight();
        spans.forEach(([start, end]) => lit.add(range(start, end, true)));
        all.set(name, lit);
      }
    };
    const find = (words) => {
      if (!words.trim()) return [];
      return Array.from(text.matchAll(pattern(words)), (found) => [found.index, found.index + found[0].length]);
    };
    /* Light up what was found around one of it, and show that. */
    const stand = (found, at) => {
      light("found", found.slice(Math.max(at - MOST_LIT, 0), at + MOST_LIT));
      light("here", at < found.length ? [found[at]] : []);
      if (at < found.length) show(range(...found[at]));
    };

    const before = (node, offset) => {
      const made = page.createRange();
      made.setStart(root, 0);
      made.setEnd(node, offset);
      return made.toString().length;
    };
    /* The characters that are selected, as the server counts them; null when there are none. */
    const selection = () => {
      const chosen = view.getSelection();
      if (!chosen || !chosen.rangeCount || chosen.isCollapsed) return null;
      const { startContainer, startOffset, endContainer, endOffset } = chosen.getRangeAt(0);
      const inside = (node) => root.contains(node);
      const start = inside(startContainer) ? before(startContainer, startOffset) : 0;
      const end = inside(endContainer) ? before(endContainer, endOffset) : length;
      return start < end ? { start: point(start), end: point(end) } : null;
    };

    const headings = () =>
      [...root.querySelectorAll("h1, h2, h3, h4, h5, h6, [data-heading]")].map((node) => ({
        node,
        level: Number(node.dataset.level || node.tagName[1]),
        title: (node.dataset.heading || node.textContent).trim(),
      }));
    const pages = () => [...root.querySelectorAll("section.page")];
    const quote = (span) => text.slice(...span.map(unit));
    /* Nearest page at or around a node; the first where there is none. */
    const pageOf = (node) => (node && node.closest("section.page")) || pages()[0];

    return { root, focus, show, find, stand, light, selection, headings, pages, pageOf, quote };
  };
})();
