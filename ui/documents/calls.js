"use strict";
/* What the scripts of the documents share: the parts of the view, words, and calls of the HTTP interface. */
window.qingwen.papers = (() => {
  const LEFT = "qingwen.left"; /* titles of what was not removed yet when the page was left */
  const parts = {};
  const wires = {}; /* name of a part to what is done when it is there */
  const own = new Set(); /* names of the jobs that were begun here */
  const now = { sending: null }; /* the upload that is going on */

  const find = (part, selector) => parts[part]?.element.querySelector(selector);
  const all = (part, selector) => [...(parts[part]?.element.querySelectorAll(selector) ?? [])];
  const fill = (key, values = {}) => {
    const words = JSON.parse(find("upload", "[data-words]").dataset.words)[key];
    return words.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  };
  const say = (key, values) => {
    const line = find("upload", ".said");
    if (line) line.textContent = fill(key, values);
  };
  const look = () => parts.jobs?.trigger({});
  /* Name of the collection that is shown, and addresses within one */
  const shelf = () => find("upload", ".arriving")?.dataset.collection ?? "";
  const within = (path, collection, values = {}) => {
    const query = new URLSearchParams(collection ? { ...values, collection } : values);
    return query.size ? `${path}?${query}` : path;
  };
  const address = (name, collection) =>
    within(`v1/documents/${name.split("/").map(encodeURIComponent).join("/")}`, collection);
  const detail = (text) => {
    try {
      return JSON.parse(text).detail;
    } catch {
      return text.slice(0, 200);
    }
  };
  const call = async (method, path, body) => {
    const json = body && { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
    const reply = await fetch(path, { method, ...json });
    if (!reply.ok) throw new Error(detail(await reply.text()));
    return reply.json();
  };
  const element = (name, values, ...children) => {
    const made = Object.assign(document.createElement(name), values);
    made.append(...children);
    return made;
  };

  return { parts, wires, own, now, find, all, fill, say, look, shelf, within, address, detail, call, element, LEFT };
})();
