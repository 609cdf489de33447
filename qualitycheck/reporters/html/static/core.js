"use strict";
// What both parts of the page use: making elements, the theme, dialogs, and words for screen readers.

const data = JSON.parse(document.getElementById("data").textContent);
const root = document.documentElement;
const byId = (id) => document.getElementById(id);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const number = new Intl.NumberFormat("en");
const count = (many, noun) => `${number.format(many)} ${noun}${many === 1 ? "" : "s"}`;

/** An element with properties and children; a text child is text, never markup. */
function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in element && name !== "list") element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** A text that came from a document: alone in its direction of writing. */
const isolated = (text) => make("bdi", {}, text);

/** Let a screen reader say something. */
function say(text) {
  const live = byId("live");
  live.textContent = "";
  setTimeout(() => { live.textContent = text; }, 30);
}

/** A score with one decimal, cut and not rounded: 39.96 must not look as if it were not below 40. */
const shownScore = (score) => (score >= 100 ? "100" : (Math.floor(score * 10) / 10).toFixed(1));

const ICONS = {
  auto: ["M12 3a9 9 0 1 0 0 18z", "M12 3a9 9 0 0 1 0 18"],
  light: ["M12 8a4 4 0 1 0 0 8 4 4 0 1 0 0-8", "M12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6L19 19M5 19l1.4-1.4M17.6 6.4L19 5"],
  dark: ["M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z"],
};
const THEMES = Object.keys(ICONS);

function icon(paths) {
  const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("aria-hidden", "true");
  for (const shape of paths) {
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("d", shape);
    drawing.append(path);
  }
  return drawing;
}

// A page opened from a file may have no storage; the choice is then forgotten with the page.
function stored(name, value) {
  try {
    if (value === undefined) return localStorage.getItem(name);
    localStorage.setItem(name, value);
  } catch {
    return null;
  }
  return value;
}

let theme = "auto";
function setTheme(name) {
  theme = THEMES.includes(name) ? name : "auto";
  root.classList.remove("light", "dark");
  if (theme !== "auto") root.classList.add(theme);
  const label = theme === "auto" ? "Colours: as the system has them" : `Colours: ${theme}`;
  byId("theme").replaceChildren(icon(ICONS[theme]), make("span", { className: "unseen" }, label));
  byId("theme").title = `${label} (t)`;
}

function nextTheme() {
  setTheme(THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length]);
  stored("qualitycheck-theme", theme);
  say(byId("theme").textContent);
}

/** Show what a rule is about; the page holds the documentation of those that found something. */
function aboutRule(code) {
  const article = byId(`rule-${code}`);
  if (!article) return;
  const copy = article.cloneNode(true);
  copy.removeAttribute("id");
  copy.querySelector("h3").id = "about-title";
  byId("about-body").replaceChildren(copy);
  byId("about").showModal();
}

root.classList.add("js");
setTheme(stored("qualitycheck-theme"));
byId("theme").addEventListener("click", nextTheme);
byId("help").addEventListener("click", () => byId("keys").showModal());
for (const dialog of all("dialog")) {
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
}
document.querySelector(".actions").hidden = false;
