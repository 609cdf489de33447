// One document: its text with the findings, the probable original, filters, and stepping from finding to finding.

const SEVERITIES = ["error", "warning", "info"];
const MODES = [["text", "Text"], ["original", "Original"], ["both", "Side by side"]];

const RULES_BY_CODE = new Map(data.rules.map(([code, name, severity]) => [code, { name, severity: SEVERITIES[2 - severity] }]));

/** The finding that a list item tells about; the item gets the name of the rule, which the file leaves out. */
function findingOf(item, at) {
  const label = item.querySelector("b");
  const { name, severity } = RULES_BY_CODE.get(label.textContent);
  label.after(" ", make("em", {}, name));
  return {
    at, item, name, severity, code: label.textContent, family: item.classList[0], confidence: Number(item.dataset.c ?? 100),
    message: item.querySelector("p")?.textContent ?? "", place: item.querySelector("a").textContent,
    text: item.querySelector("del")?.textContent ?? "", original: item.querySelector("ins"),
  };
}

class View {
  constructor(number, article) {
    this.number = number;
    this.article = article;
    this.text = article.querySelector(".text");
    // The list is folded away for browsers that lay out every document of the page at once.
    for (const folded of all(".finds details", article)) folded.replaceWith(folded.querySelector("ol"));
    this.findings = all(".finds ol li", article).map(findingOf);
    this.current = -1;
    this.mode = "text";
    this.bodies = { text: this.text };
    this.hidden = new Set();
    this.least = 0;
    this.marks = new Map();
    // They are for links without JavaScript; here the browser would jump to them by itself.
    for (const each of all("[id]", article)) each.removeAttribute("id");
    if (this.text) {
      this.collect(this.text);
      this.addTools();
      this.text.addEventListener("click", (event) => this.clicked(event));
    }
    if (this.findings.length) this.addSieve();
    article.querySelector(".finds").addEventListener("click", (event) => {
      const item = event.target.closest("li");
      if (!item) return;
      event.preventDefault();
      this.select(this.findings.findIndex((finding) => finding.item === item));
    });
  }

  /** Remember which marks belong to which finding. */
  collect(body) {
    for (const mark of all("[data-f]", body)) {
      for (const at of mark.dataset.f.split(" ")) {
        if (!this.marks.has(Number(at))) this.marks.set(Number(at), []);
        this.marks.get(Number(at)).push(mark);
      }
    }
  }

  addTools() {
    const fixable = this.findings.some((finding) => finding.original);
    const modes = make("div", { className: "modes", role: "group", "aria-label": "What to show" }, ...MODES.map(([name, label]) => {
      const button = make("button", { type: "button", onclick: () => this.show(name) }, label);
      button.dataset.mode = name;
      button.setAttribute("aria-pressed", name === "text");
      return button;
    }));
    this.counter = make("span", {}, "");
    const step = (label, sign, by) => make("button", { type: "button", title: `${label} finding (${by > 0 ? "n" : "p"})`, onclick: () => this.step(by) },
      make("span", { "aria-hidden": "true" }, sign), make("span", { className: "unseen" }, `${label} finding`));
    const tools = make("div", { className: "tools" }, fixable ? modes : null,
      this.findings.length ? make("div", { className: "step" }, this.counter, step("Previous", "‹", -1), step("Next", "›", 1)) : null);
    if (tools.childNodes.length) this.text.before(tools);
    this.tell();
  }

  /** Buttons for the rules and severities that occur, and a slider for the least confidence. */
  addSieve() {
    const tally = (key) => this.findings.reduce((sums, finding) => sums.set(finding[key], (sums.get(finding[key]) ?? 0) + 1), new Map());
    const toggle = (key, label, many, style) => {
      const button = make("button", { type: "button", title: label, ...(style && { className: style }) }, make("i"), `${key} `, make("span", {}, number.format(many)));
      button.dataset.filter = key;
      button.setAttribute("aria-pressed", "true");
      button.addEventListener("click", () => {
        if (!this.hidden.delete(key)) this.hidden.add(key);
        button.setAttribute("aria-pressed", !this.hidden.has(key));
        this.sift();
      });
      return button;
    };
    const rules = [...tally("code")].sort((a, b) => b[1] - a[1]);
    const named = new Map(this.findings.map((finding) => [finding.code, finding]));
    const severities = tally("severity");
    const output = make("output", {}, "any");
    const slider = make("input", { type: "range", min: 0, max: 100, step: 5, value: 0, "aria-label": "Least confidence" });
    slider.addEventListener("input", () => {
      this.least = Number(slider.value);
      output.textContent = this.least ? `${this.least} %` : "any";
      this.sift();
    });
    const groups = [];
    if (rules.length > 1) groups.push(make("div", { role: "group", "aria-label": "Rules" },
      ...rules.map(([code, many]) => toggle(code, named.get(code).name, many, named.get(code).family))));
    if (severities.size > 1) groups.push(make("div", { role: "group", "aria-label": "Severities" },
      ...SEVERITIES.filter((name) => severities.has(name)).map((name) => toggle(name, name, severities.get(name), ""))));
    if (new Set(this.findings.map((finding) => finding.confidence)).size > 1) groups.push(make("label", {}, "Confidence from ", slider, output));
    if (groups.length) this.article.querySelector(".finds h3").after(make("div", { className: "sieve" }, ...groups));
  }

  passes(finding) {
    return !this.hidden.has(finding.code) && !this.hidden.has(finding.severity) && finding.confidence >= this.least;
  }

  /** Show the findings that pass the filters, in the list and in the text. */
  sift() {
    for (const finding of this.findings) finding.item.hidden = !this.passes(finding);
    for (const mark of all("mark", this.article)) mark.classList.toggle("off", !this.passing(mark).length);
    if (this.current >= 0 && !this.passes(this.findings[this.current])) this.close();
    this.tell();
  }

  /** The findings of a mark that pass the filters, the narrowest first. */
  passing(mark) {
    return mark.dataset.f.split(" ").map(Number).filter((at) => this.passes(this.findings[at]));
  }

  tell() {
    const passing = this.findings.filter((finding) => this.passes(finding));
    const place = passing.findIndex((finding) => finding.at === this.current) + 1;
    if (this.counter) this.counter.textContent = `${place || "–"} of ${number.format(passing.length)}`;
    const all = this.findings.length;
    this.article.querySelector(".count").textContent = passing.length === all ? number.format(all) : `${number.format(passing.length)} of ${number.format(all)}`;
  }

  step(by) {
    const passing = this.findings.filter((finding) => this.passes(finding));
    if (!passing.length) return say("No finding");
    const place = passing.findIndex((finding) => finding.at === this.current);
    const next = place < 0 ? (by > 0 ? 0 : passing.length - 1) : (place + by + passing.length) % passing.length;
    this.select(passing[next].at);
  }

  clicked(event) {
    const mark = event.target.closest("[data-f]");
    if (!mark) return this.close();
    const [first] = this.passing(mark);
    if (first !== undefined) this.select(first, mark);
  }

  /** Go to a finding: mark it in the text and in the list, and tell about it in a small box beside it. */
  select(at, mark) {
    this.unselect();
    this.current = at;
    const finding = this.findings[at];
    const shown = (this.marks.get(at) ?? []).filter((each) => this.bodies[this.mode].contains(each));
    for (const each of shown) each.classList.add("on");
    finding.item.classList.add("on");
    const list = finding.item.parentElement;
    if (list.scrollHeight > list.clientHeight) list.scrollTop = finding.item.offsetTop - list.offsetTop - list.clientHeight / 3;
    const target = mark ?? shown[0] ?? this.lineOf(finding);
    if (target) {
      if (!mark) target.scrollIntoView({ block: "center" });
      target.setAttribute("tabindex", "-1");
      target.focus({ preventScroll: true });
    } else {
      finding.item.scrollIntoView({ block: "nearest" });
    }
    this.open(finding, target);
    this.tell();
    history.replaceState(null, "", `#doc-${this.number}-f${at}`);
    const original = finding.original ? `${finding.text}, perhaps originally ${finding.original.textContent || "nothing"}` : "";
    say([this.counter?.textContent, finding.name, finding.severity, finding.message, original].filter(Boolean).join(": "));
  }

  lineOf(finding) {
    const line = Number.parseInt(finding.place, 10);
    return line ? this.bodies[this.mode]?.querySelector(`[data-l="${line}"]`) : null;
  }

  unselect() {
    for (const each of all(".on", this.article)) each.classList.remove("on");
    this.pop?.remove();
    this.pop = null;
  }

  close() {
    this.unselect();
    this.current = -1;
    this.tell();
    history.replaceState(null, "", `#doc-${this.number}`);
  }

  open(finding, target) {
    if (!this.text) return;
    const facts = [finding.severity, finding.confidence < 100 ? `${finding.confidence} %` : ""].filter(Boolean).join(" · ");
    const told = all("del, ins, p, small", finding.item).map((part) => part.cloneNode(true));
    const press = (label, act, style = "") => make("button", { type: "button", className: style, onclick: act }, label);
    this.pop = make("div", { className: `pop ${finding.family}`, role: "group", "aria-label": finding.name },
      make("header", {}, make("span", { className: `code ${finding.family}` }, finding.code), make("span", { className: "facts" }, facts),
        make("button", { type: "button", className: "close", title: "Close (Esc)", onclick: () => this.close() }, make("span", { "aria-hidden": "true" }, "✕"), make("span", { className: "unseen" }, "Close"))),
      make("div", { className: "told" }, ...told),
      make("footer", {}, press("‹ Previous", () => this.step(-1)), press("Next ›", () => this.step(1)),
        byId(`rule-${finding.code}`) ? press("About the rule", () => aboutRule(finding.code), "rule-button") : null));
    const reading = this.article.querySelector(".reading");
    reading.append(this.pop);
    if (!target) {
      this.pop.style.top = "4rem";
      this.pop.style.insetInlineStart = "1rem";
      return;
    }
    const [frame, place] = [reading.getBoundingClientRect(), target.getClientRects()[0] ?? target.getBoundingClientRect()];
    const below = place.bottom - frame.top + 8;
    const above = place.top - frame.top - this.pop.offsetHeight - 8;
    this.pop.style.top = `${place.bottom + this.pop.offsetHeight + 16 > innerHeight && above > 56 ? above : below}px`;
    this.pop.style.left = `${Math.max(8, Math.min(place.left - frame.left - 16, frame.width - this.pop.offsetWidth - 8))}px`;
  }

  /** The text, the probable original, or both side by side; the last two are made when they are first asked for. */
  show(mode) {
    if (!this.text || !this.findings.some((finding) => finding.original)) return;
    if (!this.bodies[mode]) {
      this.bodies[mode] = mode === "both" ? this.pairs() : this.original();
      this.bodies[mode].addEventListener("click", (event) => this.clicked(event));
      this.collect(this.bodies[mode]);
      this.text.after(this.bodies[mode]);
    }
    this.mode = mode;
    for (const [name, body] of Object.entries(this.bodies)) body.hidden = name !== mode;
    for (const button of all(".modes button", this.article)) button.setAttribute("aria-pressed", button.dataset.mode === mode);
    this.article.classList.toggle("both", mode === "both");
    this.sift();
    if (this.current >= 0) this.select(this.current);
    say(MODES.find(([name]) => name === mode)[1]);
  }

  nextMode() {
    this.show(MODES[(MODES.findIndex(([name]) => name === this.mode) + 1) % MODES.length][0]);
  }

  original() {
    const copy = this.text.cloneNode(true);
    const done = new Set();
    for (const line of all("p", copy)) this.restore(line, done);
    return copy;
  }

  pairs() {
    const body = make("div", { className: "text pairs" }, make("div", { className: "pair titles" }, make("span", {}, "As it is"), make("span", {}, "Probable original")));
    body.lang = this.text.lang;
    const done = new Set();
    for (const piece of all(".piece", this.text)) {
      body.append(make("div", { className: "piece" }, ...all("p", piece).map((line) => {
        const [left, right] = [line.cloneNode(true), line.cloneNode(true)];
        this.restore(right, done);
        return make("div", { className: "pair" }, left, right);
      })));
    }
    return body;
  }

  /** Put into a line, in place of each mark, what probably stood there; a finding in several marks is restored once. */
  restore(line, done) {
    for (const mark of all("mark", line)) {
      const numbers = mark.dataset.f.split(" ").map(Number);
      if (numbers.some((at) => done.has(at))) {
        mark.remove();
        continue;
      }
      const at = numbers.find((each) => this.findings[each].original);
      if (at === undefined) continue;
      done.add(at);
      const restored = make("ins", { className: this.findings[at].family }, ...this.findings[at].original.cloneNode(true).childNodes);
      restored.dataset.f = at;
      mark.replaceWith(restored);
    }
  }
}
