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
