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

globalThis.MathJax = {
  loader: { load: ["ui/safe"] },
  // Nothing is loaded for a formula.
  tex: { packages: { "[-]": ["require", "autoload"] } },
  svg: { fontCache: "global" },
  options: {
    enableMenu: false,
    processHtmlClass: "tex2jax_process|mathjax_process|math|output_area",
    safeOptions: {
      allow: { URLs: "safe", classes: "none", cssIDs: "safe", styles: "safe" },
      safeProtocols: { http: true, https: true, file: false, javascript: false, data: false },
    },
  },
};

// Paper is white: a dark page is printed in the light.
let theme;
addEventListener("beforeprint", () => {
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
