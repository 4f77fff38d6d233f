// The least that a page of the book does: a theme switch, search, keys.
"use strict";
const root = document.documentElement;
const button = document.getElementById("theme");
if (button) {
  button.hidden = false;
  button.addEventListener("click", () => {
    root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
    localStorage.setItem("theme", root.dataset.theme);
  });
}

const pages = { boxes: "index.html", circles: "second.html" };
const dialog = document.createElement("dialog");
dialog.innerHTML = "<input aria-label='Search'><p></p>";
document.body.append(dialog);
const input = dialog.querySelector("input");
input.addEventListener("input", () => {
  const page = pages[input.value.toLowerCase()];
  dialog.querySelector("p").innerHTML = page ? `<a href="${page}">${page}</a>` : "";
});
if ("stays" in document.body.dataset)
  dialog.addEventListener("cancel", (event) => event.preventDefault());

addEventListener("keydown", (event) => {
  if (dialog.open) return;
  if (event.key === "/" && "search" in document.body.dataset) {
    event.preventDefault();
    dialog.showModal();
  }
  const names = { ArrowRight: ["next", "second.html"], ArrowLeft: ["prev", "index.html"] };
  const [relation, page] = names[event.key] || [];
  const link = document.querySelector(`a[rel=${relation}], a.${relation}`);
  if (link) location.href = page;
});
