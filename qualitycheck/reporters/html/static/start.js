// Which part of the page is shown, by the address after the #, and the keys.

let view = null;

/** The document and finding that the address names. */
function asked() {
  const match = /^#doc-(\d+)(?:-[fm](\d+))?$/.exec(location.hash);
  return match ? { number: Number(match[1]), finding: match[2] === undefined ? null : Number(match[2]) } : null;
}

function route() {
  const wanted = asked();
  if (wanted && wanted.number < data.documents.length) openDocument(wanted);
  else openIndex();
}

function openIndex() {
  const left = view?.number;
  view = null;
  byId("view").replaceChildren();
  byId("view").hidden = true;
  byId("index").hidden = false;
  document.querySelector(".crumbs").hidden = true;
  document.title = "Quality report";
  if (left !== undefined) {
    const link = document.querySelector(`#table a[href="#doc-${left}"]`);
    link?.scrollIntoView({ block: "center" });
    link?.focus({ preventScroll: true });
  }
}

function openDocument({ number: wanted, finding }) {
  if (view?.number !== wanted) {
    const source = document.querySelector(`#doc-${wanted} noscript`);
    if (!source && document.readyState === "loading") {
      document.addEventListener("DOMContentLoaded", route, { once: true });
      return;
    }
    const template = make("template");
    // What stands there was escaped when the page was made; here it becomes elements.
    template.innerHTML = source ? source.textContent : "";
    const article = source ? template.content.firstElementChild : missing(wanted);
    byId("index").hidden = true;
    byId("view").hidden = false;
    byId("view").replaceChildren(make("h1", { className: "unseen" }, "Quality report"), article);
    view = source ? new View(wanted, article) : { number: wanted, step() {}, nextMode() {}, close() {}, current: -1 };
    document.querySelector(".crumbs").hidden = false;
    const place = chosen.rows.indexOf(wanted);
    byId("which").textContent = place < 0 ? "" : `${number.format(place + 1)} / ${number.format(chosen.rows.length)}`;
    byId("previous-document").disabled = neighbour(-1) === null;
    byId("next-document").disabled = neighbour(1) === null;
    document.title = `${data.documents[wanted][NAME]} – quality report`;
    scrollTo(0, 0);
    article.querySelector("h2").focus({ preventScroll: true });
  }
  if (finding !== null && view.findings?.[finding]) view.select(finding);
}

/** What stands in place of a view that the page was too large to hold. */
function missing(wanted) {
  return make("article", { className: "view" }, make("header", { className: "dochead" }, make("h2", { tabIndex: -1 }, isolated(data.documents[wanted][NAME]))),
    make("p", { className: "note" }, "This page holds the views of the worst documents, as far as there was room; this document’s is not among them."));
}

/** The document before or after the one that is open, in the order of the index; null where there is none. */
function neighbour(by) {
  const place = chosen.rows.indexOf(view?.number);
  return place < 0 ? null : chosen.rows[place + by] ?? null;
}

function go(by) {
  const next = view ? neighbour(by) : null;
  if (next !== null) location.hash = `#doc-${next}`;
}

function escape() {
  if (view && view.current >= 0) view.close();
  else if (view) location.hash = "";
}

/** To the search at once, whatever is open: who presses / goes on typing. */
function search() {
  if (view) {
    location.hash = "";
    openIndex();
  }
  controls.query.focus();
  controls.query.select();
}

const ACTIONS = {
  n: () => view?.step(1), p: () => view?.step(-1), o: () => view?.nextMode(), t: nextTheme,
  "]": () => go(1), "[": () => go(-1), Escape: escape, "?": () => byId("keys").showModal(),
  "/": search,
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.target.closest("input:not([type=range]), select, textarea")) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  const act = ACTIONS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});
byId("previous-document").addEventListener("click", () => go(-1));
byId("next-document").addEventListener("click", () => go(1));
document.querySelector(".brand").addEventListener("click", () => scrollTo(0, 0));
addEventListener("hashchange", route);
enliven();
// A report on one document opens with it.
if (data.documents.length === 1 && !location.hash) history.replaceState(null, "", "#doc-0");
route();
