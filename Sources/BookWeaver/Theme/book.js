// Theme switch, contents on narrow screens, copy buttons, keys. Everything else works without.
"use strict";
(() => {
  const root = document.documentElement;
  const script = document.currentScript;
  const find = (selector) => document.querySelector(selector);

  // MARK: Theme

  const themeButton = find(".theme-button");
  const choices = ["automatic", "light", "dark"];
  const initialTheme = root.dataset.choice ? undefined : root.dataset.theme;

  function showTheme(choice) {
    if (choice === "automatic") {
      delete root.dataset.choice;
      if (initialTheme) root.dataset.theme = initialTheme;
      else delete root.dataset.theme;
    } else {
      root.dataset.choice = choice;
      root.dataset.theme = choice;
    }
    themeButton.querySelector("span").textContent = `Theme: ${choice}`;
    themeButton.title = `Theme: ${choice}`;
    dispatchEvent(new CustomEvent("themechange"));
  }

  if (themeButton) {
    themeButton.hidden = false;
    showTheme(root.dataset.choice || "automatic");
    themeButton.addEventListener("click", () => {
      const now = choices.indexOf(root.dataset.choice || "automatic");
      const choice = choices[(now + 1) % choices.length];
      showTheme(choice);
      try {
        localStorage.setItem("book-theme", choice);
      } catch (error) {
        // The choice holds for this page only.
      }
    });
  }

  // MARK: Contents

  const sidebar = find(".sidebar");
  const menu = find(".menu");

  function showContents(isOpen) {
    root.classList.toggle("contents-open", isOpen);
    menu.setAttribute("aria-expanded", isOpen);
    if (!isOpen && location.hash === "#sidebar") history.replaceState(null, "", "#content");
    if (isOpen) sidebar.focus();
    else menu.focus({ preventScroll: true });
  }

  if (sidebar && menu) {
    menu.setAttribute("role", "button");
    menu.setAttribute("aria-controls", "sidebar");
    menu.setAttribute("aria-expanded", "false");
    menu.addEventListener("click", (event) => {
      event.preventDefault();
      showContents(!root.classList.contains("contents-open"));
    });
    menu.addEventListener("keydown", (event) => {
      if (event.key === " ") {
        event.preventDefault();
        menu.click();
      }
    });
    sidebar.querySelector(".close").addEventListener("click", (event) => {
      event.preventDefault();
      showContents(false);
    });
    addEventListener("click", (event) => {
      const isOutside = !sidebar.contains(event.target) && !menu.contains(event.target);
      const link = sidebar.contains(event.target) && event.target.closest("a[href^='#']");
      if (root.classList.contains("contents-open") && (isOutside || link)) {
        root.classList.remove("contents-open");
        menu.setAttribute("aria-expanded", "false");
      }
    });

    const current = sidebar.querySelector("[aria-current=page]");
    if (current && sidebar.scrollHeight > sidebar.clientHeight) {
      const place = current.getBoundingClientRect().top - sidebar.getBoundingClientRect().top;
      sidebar.scrollTop += place - sidebar.clientHeight / 4;
    }
    followHeadings();
  }

  /** Marks the section in view among the page's headings. */
  function followHeadings() {
    const links = new Map();
    for (const link of sidebar.querySelectorAll(".headings a")) {
      const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (heading) links.set(heading, link);
    }
    if (!links.size) return;
    const mark = () => {
      let last;
      for (const heading of links.keys()) {
        if (heading.getBoundingClientRect().top > innerHeight / 3) break;
        last = heading;
      }
      for (const [heading, link] of links) {
        if (heading === last) link.setAttribute("aria-current", "location");
        else link.removeAttribute("aria-current");
      }
    };
    new IntersectionObserver(mark, { rootMargin: "0px 0px -66% 0px" }).observe(document.body);
    let isWaiting = false;
    addEventListener("scroll", () => {
      if (isWaiting) return;
      isWaiting = true;
      requestAnimationFrame(() => {
        isWaiting = false;
        mark();
      });
    }, { passive: true });
    mark();
  }

  // MARK: Code

  const copyIcon = `<svg viewBox="0 0 20 20" aria-hidden="true"><rect x="7" y="7" width="9.5" height="9.5"
    rx="1.8"/><path d="M13 7V5.3A1.8 1.8 0 0 0 11.2 3.5H5.3A1.8 1.8 0 0 0 3.5 5.3v5.9A1.8 1.8 0 0 0 5.3 13H7"/></svg>`;

  for (const code of document.querySelectorAll("pre > code")) {
    const block = code.parentElement;
    if (block.scrollWidth > block.clientWidth) block.tabIndex = 0;
    if (!("copy" in script.dataset)) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.title = "Copy";
    button.innerHTML = copyIcon + '<span class="unseen" role="status">Copy</span>';
    button.addEventListener("click", async () => {
      // What is hidden is not part of innerText.
      const isCopied = await copied(code.innerText);
      button.querySelector("span").textContent = isCopied ? "Copied" : "Not copied";
      button.toggleAttribute("data-copied", isCopied);
      setTimeout(() => {
        button.querySelector("span").textContent = "Copy";
        button.removeAttribute("data-copied");
      }, 1600);
    });
    const frame = document.createElement("div");
    frame.className = "copyable";
    block.replaceWith(frame);
    frame.append(block, button);
  }

  async function copied(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch (error) {
      const area = document.createElement("textarea");
      area.value = text;
      document.body.append(area);
      area.select();
      const isCopied = document.execCommand("copy");
      area.remove();
      return isCopied;
    }
  }

  // MARK: Search

  const searchButton = find(".search-button");
  let opensSearch = false;

  /** Loads what search needs when it is first used, and opens it. */
  async function openSearch() {
    if (!searchButton || opensSearch) return;
    opensSearch = true;
    if (!window.openBookSearch) {
      for (const source of script.dataset.search.split(" ").reverse()) await load(source);
    }
    window.openBookSearch();
    opensSearch = false;
  }

  function load(source) {
    return new Promise((resolve, reject) => {
      const element = document.createElement("script");
      element.src = source;
      element.onload = resolve;
      element.onerror = reject;
      document.head.append(element);
    });
  }

  if (searchButton) {
    searchButton.hidden = false;
    searchButton.addEventListener("click", openSearch);
  }

  // MARK: Keys

  addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
    if (event.key === "Escape" && root.classList.contains("contents-open")) showContents(false);
    if (find("dialog[open]")) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    if (event.key === "/") {
      event.preventDefault();
      openSearch();
    }
    // What can be scrolled sideways keeps the arrows.
    if (event.shiftKey || event.target.closest("pre, table, .scroll, video, audio")) return;
    const isReversed = root.dir === "rtl";
    const ways = { ArrowLeft: isReversed ? "next" : "prev", ArrowRight: isReversed ? "prev" : "next" };
    const link = ways[event.key] && find(`link[rel=${ways[event.key]}]`);
    if (link) location.href = link.href;
  });
})();
