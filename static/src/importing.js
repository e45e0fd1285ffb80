/* The draft beside its source: places light up, panes change places on a phone, uploads show how far they are.
   Everything works without it: lines and measures are linked, forms have their buttons. */
"use strict";

/* ---- the source: the place of what is pointed at lights up and comes into view ---- */

const LINE = "line-lit";
let lit = "";
let wanted = "";

const sourcePane = () => document.getElementById("source");

/* a place counts signs; the page counts code units: they differ beyond the basic plane */
const unitAt = (text, signs) => Array.from(text).slice(0, signs).join("").length;

const linesOf = (pane) => Array.from(pane.querySelectorAll("li[data-start]"));

const signsOf = (line) => {
  const text = line.querySelector(".line-text");
  return text ? Array.from(text.textContent).length : 0;
};

const clear = (pane) => {
  pane.querySelectorAll(`.${LINE}`).forEach((line) => line.classList.remove(LINE));
  if (window.CSS && CSS.highlights) CSS.highlights.delete("place");
};

const rangeIn = (line, start, end) => {
  const holder = line.querySelector(".line-text");
  if (!holder || !holder.firstChild) return null;
  const text = holder.firstChild;
  const begin = Number(line.dataset.start);
  const range = new Range();
  range.setStart(text, unitAt(text.data, Math.max(start - begin, 0)));
  range.setEnd(text, unitAt(text.data, Math.min(Math.max(end - begin, 0), Array.from(text.data).length)));
  return range;
};

const light = (pane, lines, start, end) => {
  clear(pane);
  lines.forEach((line) => line.classList.add(LINE));
  if (end > start && window.Highlight && CSS.highlights) {
    const ranges = lines.map((line) => rangeIn(line, start, end)).filter(Boolean);
    CSS.highlights.set("place", new Highlight(...ranges));
  }
  const [first] = lines;
  if (first) {
    const top = first.offsetTop - pane.clientHeight / 3;
    pane.scrollTo({ top, behavior: "instant" });
  }
};

const show = (query, find) => {
  const pane = sourcePane();
  if (!pane) return;
  const lines = find(linesOf(pane));
  if (lines.length) {
    light(pane, lines, ...spanOf(query));
  } else if (wanted !== query && window.htmx) {
    wanted = query;
    const [name, value] = query.split("=");
    const asked = name === "at" ? value.split("-")[0] : value;
    htmx.ajax("GET", `${pane.dataset.source}?${name}=${asked}`, { target: "#source", swap: "outerHTML" });
  }
};

const spanOf = (query) => {
  const [name, value] = query.split("=");
  return name === "at" ? value.split("-").map(Number) : [0, 0];
};

const finderOf = (query) => {
  const [name, value] = query.split("=");
  if (name === "line") return (lines) => lines.filter((line) => line.value === Number(value));
  const [start, end] = value.split("-").map(Number);
  return (lines) =>
    lines.filter((line) => {
      const begin = Number(line.dataset.start);
      return begin < end && begin + signsOf(line) > start;
    });
};

const lightUp = (query) => {
  if (!query || query === lit) return;
  lit = query;
  show(query, finderOf(query));
};

const queryOf = (target) => {
  const spanned = target.closest("[data-span]");
  if (spanned) return `at=${spanned.dataset.span}`;
  const lined = target.closest("[data-line]");
  return lined ? `line=${lined.dataset.line}` : "";
};

document.addEventListener("mouseover", (event) => {
  if (event.target.closest(".pane-draft")) lightUp(queryOf(event.target));
});
document.addEventListener("focusin", (event) => {
  if (event.target.closest(".pane-draft")) lightUp(queryOf(event.target));
});
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.id === "source" && wanted) {
    const query = wanted;
    show(query, finderOf(query));
    wanted = "";
  }
});

/* a measure that the address names lights its place at once */
const named = /^#m[0-9]+$/.test(window.location.hash) && document.querySelector(window.location.hash);
const asked = new URLSearchParams(window.location.search);
if (asked.get("line")) lightUp(`line=${asked.get("line")}`);
else if (named && named.dataset && named.dataset.line) lightUp(`line=${named.dataset.line}`);
/* ---- a phone shows one pane at a time ---- */

const tabs = Array.from(document.querySelectorAll(".pane-tab"));
const choose = (tab) => {
  tabs.forEach((one) => {
    const isChosen = one === tab;
    one.setAttribute("aria-selected", String(isChosen));
    one.tabIndex = isChosen ? 0 : -1;
    document.getElementById(one.getAttribute("aria-controls")).classList.toggle("pane-away", !isChosen);
  });
};
tabs.forEach((tab, place) => {
  tab.addEventListener("click", () => choose(tab));
  tab.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    const other = tabs[(place + 1) % tabs.length];
    choose(other);
    other.focus();
  });
});
if (tabs.length) choose(tabs[0]);

/* ---- upload: what was chosen, and how far it is ---- */

document.addEventListener("change", (event) => {
  const list = event.target.dataset && document.getElementById(event.target.dataset.files || "");
  if (!list) return;
  list.replaceChildren(
    ...Array.from(event.target.files, (file) => {
      const item = document.createElement("li");
      item.className = "file";
      const size = document.createElement("span");
      size.className = "quiet small";
      size.textContent = file.size < 1048576 ? `${Math.ceil(file.size / 1024)} KB` : `${(file.size / 1048576).toFixed(1)} MB`;
      item.append(file.name, " ", size);
      return item;
    }),
  );
  list.hidden = !event.target.files.length;
});
document.addEventListener("htmx:xhr:progress", (event) => {
  const bar = event.target.querySelector && event.target.querySelector("[data-upload-bar]");
  if (!bar || !event.detail.lengthComputable) return;
  bar.hidden = false;
  bar.querySelector("progress").value = (100 * event.detail.loaded) / event.detail.total;
});
