/* What the pages do beyond links and forms. Everything works without it, only less comfortably. */
"use strict";

document.documentElement.classList.add("js");

/* "/" puts the cursor into the search field */
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const search = document.querySelector("[data-search]");
  if (search) {
    event.preventDefault();
    search.focus();
    search.select();
  }
});

/* menus close when one clicks elsewhere or presses Escape */
const closeMenus = (except) => {
  document.querySelectorAll("details.menu[open]").forEach((menu) => {
    if (menu !== except) menu.removeAttribute("open");
  });
};
document.addEventListener("click", (event) => closeMenus(event.target.closest("details.menu")));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeMenus(null);
});

/* a form is sent once; the button that was pressed keeps its value */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.hasAttribute("hx-post")) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
});

/* printing, and phrases that go into an opinion */
document.addEventListener("click", (event) => {
  const print = event.target.closest("[data-print]");
  if (print) window.print();
  const phrase = event.target.closest("[data-phrase-for]");
  if (phrase) {
    const field = document.getElementById(phrase.dataset.phraseFor);
    const gap = field.value && !/[\s。；，.;,]$/.test(field.value) ? "；" : "";
    field.setRangeText(gap + phrase.textContent.trim(), field.selectionEnd, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  }
});

/* the address of a selection is copied; a choice that changes what the other filters offer loads the page anew */
document.querySelectorAll("[data-copy-link]").forEach((button) => {
  if (!navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(window.location.href);
    button.querySelector("span").textContent = button.dataset.done;
  });
});
document.addEventListener("change", (event) => {
  const choice = event.target.closest("[data-reload]");
  if (!choice) return;
  const stale = document.getElementById(choice.dataset.reload);
  if (stale) stale.value = "";
  choice.form.submit();
});

/* the drop zone shows that it is ready; the file input above it takes the files by itself */
["dragenter", "dragleave", "drop"].forEach((kind) => {
  document.addEventListener(kind, (event) => {
    const zone = event.target.closest && event.target.closest(".drop");
    if (zone) zone.classList.toggle("drop-over", kind === "dragenter");
  });
});

/* a summary of errors takes the focus, so that it is read first */
const summary = document.getElementById("error-summary");
if (summary) summary.focus();
