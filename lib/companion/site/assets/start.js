/*
 * What the theme and its parts want to be told before they run, and would have in each page: a page's
 * own scripts are not run.
 */
document.documentElement.dataset.mode = localStorage.getItem("mode") || "auto";
document.documentElement.dataset.theme = localStorage.getItem("theme") || "auto";

globalThis.toggleHintShow = "Click to show";
globalThis.toggleHintHide = "Click to hide";
globalThis.toggleOpenOnPrint = "true";
globalThis.togglebuttonSelector = ".toggle, .admonition.dropdown";

// Paper is white: a dark page is printed in the light.
let theme;
addEventListener("beforeprint", () => {
  // What is folded can not be opened on paper.
  for (const folded of document.querySelectorAll("details.cases, details.long-table")) {
    folded.open = true;
  }
  theme = document.documentElement.dataset.theme;
  document.documentElement.dataset.theme = "light";
});
addEventListener("afterprint", () => {
  document.documentElement.dataset.theme = theme;
});

document.addEventListener("DOMContentLoaded", () => {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.addEventListener("click", () => print());
  }
  const field = document.querySelector("form.bd-search input");
  if (field && document.getElementById("search-results")) {
    field.focus();
    field.select();
  }
});

/*
 * What moves within itself, because it is larger than its place, is reached by the keyboard; what does
 * not is no stop on its way.
 */
addEventListener("load", () => {
  const boxes = document.querySelectorAll(".table-box, .katex-display, .bd-article pre");
  const reach = () => {
    for (const box of boxes) {
      const isLarger = box.scrollWidth > box.clientWidth + 1 ||
        box.scrollHeight > box.clientHeight + 1 && box.matches(".table-box");
      if (isLarger) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    }
  };
  reach();
  let waiting;
  addEventListener("resize", () => {
    clearTimeout(waiting);
    waiting = setTimeout(reach, 200);
  });
});
