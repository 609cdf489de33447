// The index: all documents as rows of numbers, of which one page of rows is shown.

const [NAME, SCORE, VERDICT, WORDS, LANGUAGE, FINDINGS, RULES, SHOWN] = [0, 1, 2, 3, 4, 5, 6, 7];
const PAGE = 100;
const COLUMNS = [
  ["score", "Score", true], ["verdict", "Verdict", true], ["name", "Document", true], ["findings", "Findings", false],
  ["rules", "Rules", false], ["words", "Words", false],
];
const DESCENDING_FIRST = new Set(["findings", "words"]);
const collator = new Intl.Collator("en", { numeric: true });
const controls = Object.fromEntries(["query", "verdict", "rule", "from", "to", "order", "clear"].map((id) => [id, byId(id)]));
const chosen = { order: "score", descending: false, page: 0, rows: [] };

/** The rules of a document, [code, name, how many], the commonest first. */
function rulesOf(row) {
  const found = [];
  for (let at = 0; at < row[RULES].length; at += 2) found.push([...data.rules[row[RULES][at]], row[RULES][at + 1]]);
  return found.map(([code, name, , many]) => [code, name, many]).sort((a, b) => b[2] - a[2] || (a[0] < b[0] ? -1 : 1));
}

const searched = data.documents.map((row) => [
  row[NAME], row[LANGUAGE], data.verdicts[row[VERDICT]], ...rulesOf(row).flatMap(([code, name]) => [code, name]),
].join("\n").toLowerCase());
// Those in which no rule spoke come last.
const firstRule = data.documents.map((row) => rulesOf(row)[0]?.[0] ?? "\uffff");

const KEYS = {
  score: (at) => data.documents[at][SCORE],
  verdict: (at) => -data.documents[at][VERDICT],
  findings: (at) => data.documents[at][FINDINGS],
  words: (at) => data.documents[at][WORDS],
};
const TEXTS = { name: (at) => data.documents[at][NAME], rules: (at) => firstRule[at] };

function compare(order) {
  if (KEYS[order]) return (a, b) => KEYS[order](a) - KEYS[order](b);
  return (a, b) => collator.compare(TEXTS[order](a), TEXTS[order](b));
}

function matching() {
  const words = controls.query.value.toLowerCase().split(/\s+/).filter(Boolean);
  const verdict = controls.verdict.value ? data.verdicts.indexOf(controls.verdict.value) : -1;
  const rule = controls.rule.value ? data.rules.findIndex(([code]) => code === controls.rule.value) : -1;
  const from = controls.from.value === "" ? -1 : Number(controls.from.value);
  const to = controls.to.value === "" ? 101 : Number(controls.to.value);
  const found = [];
  data.documents.forEach((row, at) => {
    if (verdict >= 0 && row[VERDICT] !== verdict) return;
    // A bar of the chart holds what is below its upper end, the last one 100 as well.
    if (row[SCORE] < from || (to < 100 ? row[SCORE] >= to && to !== from : row[SCORE] > to)) return;
    if (rule >= 0 && !row[RULES].some((value, place) => place % 2 === 0 && value === rule)) return;
    if (!words.every((word) => searched[at].includes(word))) return;
    found.push(at);
  });
  return found;
}

/** Find, sort and show what the controls ask for; the first page of it unless told otherwise. */
function refresh({ page = 0, quiet = false } = {}) {
  const first = compare(chosen.order);
  const sign = chosen.descending ? -1 : 1;
  const worst = compare("score");
  chosen.rows = matching().sort((a, b) => sign * first(a, b) || worst(a, b) || b - a && collator.compare(TEXTS.name(a), TEXTS.name(b)));
  chosen.page = Math.max(0, Math.min(page, Math.ceil(chosen.rows.length / PAGE) - 1));
  const filtered = controls.query.value || controls.verdict.value || controls.rule.value || controls.from.value || controls.to.value;
  controls.clear.hidden = !filtered;
  const total = data.documents.length;
  const text = filtered ? `${number.format(chosen.rows.length)} of ${count(total, "document")}` : count(total, "document");
  byId("matches").textContent = chosen.rows.length || !total ? text : "No document matches.";
  if (!quiet) say(byId("matches").textContent);
  press();
  draw();
}

function draw() {
  const rows = chosen.rows.slice(chosen.page * PAGE, (chosen.page + 1) * PAGE);
  const head = make("tr", { role: "row" }, ...COLUMNS.map(([key, title]) => {
    const cell = make("th", { scope: "col", role: "columnheader", className: ["findings", "words"].includes(key) ? `number ${key}` : key });
    if (key === chosen.order) cell.setAttribute("aria-sort", chosen.descending ? "descending" : "ascending");
    cell.append(make("button", { type: "button", onclick: () => sortBy(key) }, title));
    return cell;
  }));
  const table = make("table", { className: "documents", role: "table" },
    make("caption", { className: "unseen" }, "Documents"),
    make("thead", { role: "rowgroup" }, head), make("tbody", { role: "rowgroup" }, ...rows.map(drawRow)));
  byId("table").replaceChildren(...(rows.length ? [table] : []));
  byId("pages").hidden = chosen.rows.length <= PAGE;
  const last = Math.ceil(chosen.rows.length / PAGE) - 1;
  const turn = (label, page) => make("button", { type: "button", disabled: page < 0 || page > last, onclick: () => turnTo(page) }, label);
  byId("pages").replaceChildren(turn("First", chosen.page ? 0 : -1), turn("Previous", chosen.page - 1),
    make("span", {}, `${number.format(chosen.page * PAGE + 1)}–${number.format(Math.min((chosen.page + 1) * PAGE, chosen.rows.length))} of ${number.format(chosen.rows.length)}`),
    turn("Next", chosen.page + 1), turn("Last", chosen.page < last ? last : -1));
}

function turnTo(page) {
  chosen.page = page;
  draw();
  byId("list-title").scrollIntoView();
  say(byId("pages").querySelector("span").textContent);
}

function sortBy(key) {
  chosen.descending = key === chosen.order ? !chosen.descending : DESCENDING_FIRST.has(key);
  chosen.order = key;
  controls.order.value = key;
  refresh({ quiet: true });
  say(`Sorted by ${key}, ${chosen.descending ? "descending" : "ascending"}`);
  byId("table").querySelector("th[aria-sort] button")?.focus();
}

function drawRow(at) {
  const row = data.documents[at];
  const verdict = data.verdicts[row[VERDICT]];
  const bar = make("i");
  bar.style.setProperty("--score", row[SCORE]);
  const cut = row[NAME].lastIndexOf("/") + 1;
  const name = make("bdi", {}, make("span", { className: "folder" }, row[NAME].slice(0, cut)), row[NAME].slice(cut));
  const rules = rulesOf(row);
  const chips = rules.slice(0, 3).map(([code, title, many]) => make("span", { className: `code f-${code.slice(0, 3)}`, title },
    code, many > 1 ? make("small", {}, ` ×${number.format(many)}`) : null));
  if (rules.length > 3) chips.push(make("small", { className: "more" }, `+${rules.length - 3}`));
  const cell = (className, ...children) => make("td", { className, role: "cell" }, ...children);
  return make("tr", { role: "row", className: verdict },
    cell("score", make("span", { className: "meter", "aria-hidden": "true" }, bar), shownScore(row[SCORE])),
    cell("verdict", make("span", { className: `pill ${verdict}` }, verdict)),
    cell("name", make("a", { href: `#doc-${at}` }, name)),
    cell("number findings", number.format(row[FINDINGS])),
    cell("rules", make("div", { className: "chips" }, ...chips)),
    cell("number words", number.format(row[WORDS])));
}

/** Let tiles, bars and rules show what is filtered by. */
function press() {
  for (const tile of all("button.tile")) tile.setAttribute("aria-pressed", tile.dataset.verdict === controls.verdict.value);
  for (const button of all("#common button")) button.setAttribute("aria-pressed", button.dataset.rule === controls.rule.value);
  for (const bin of all(".bin")) {
    const on = bin.dataset.from === controls.from.value && bin.dataset.to === controls.to.value;
    bin.classList.toggle("on", on);
    bin.setAttribute("aria-pressed", on);
  }
}

/** Turn the charts, which are pictures without JavaScript, into controls. */
function enliven() {
  const toggle = (control, value) => { control.value = control.value === value ? "" : value; refresh(); };
  for (const tile of all(".tile")) {
    const button = make("button", { type: "button", className: tile.className }, ...tile.childNodes);
    button.dataset.verdict = tile.dataset.verdict;
    button.addEventListener("click", () => toggle(controls.verdict, tile.dataset.verdict));
    tile.replaceWith(button);
  }
  for (const item of all("#common li")) {
    const button = make("button", { type: "button" }, ...item.childNodes);
    button.dataset.rule = item.dataset.rule;
    button.addEventListener("click", () => toggle(controls.rule, item.dataset.rule));
    item.replaceChildren(button);
  }
  const drawing = document.querySelector("#scores svg");
  drawing.setAttribute("role", "group");
  for (const bin of all(".bin")) {
    bin.setAttribute("role", "button");
    bin.setAttribute("tabindex", "0");
    bin.setAttribute("aria-label", `Score ${bin.querySelector("title").textContent}`);
    const act = () => {
      const on = bin.classList.contains("on");
      controls.from.value = on ? "" : bin.dataset.from;
      controls.to.value = on ? "" : bin.dataset.to;
      refresh();
    };
    bin.addEventListener("click", act);
    bin.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); act(); }
    });
  }
  const form = byId("filters");
  form.hidden = byId("matches").hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => { controls.order.value = chosen.order; refresh(); controls.query.focus(); }));
  let waiting = 0;
  controls.query.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(refresh, 120); });
  for (const control of [controls.verdict, controls.rule, controls.from, controls.to]) control.addEventListener("change", () => refresh());
  controls.order.addEventListener("change", () => {
    chosen.order = controls.order.value;
    chosen.descending = DESCENDING_FIRST.has(chosen.order);
    refresh({ quiet: true });
  });
  refresh({ quiet: true });
}
