// The search panel. Loaded with the index when it is first used.
"use strict";
(() => {
  const { options, sections, index: serialized } = window.bookSearch;
  const index = lunr.Index.load(serialized);
  const root = document.documentElement.dataset.root;
  const fields = ["title", "trail", "text"];

  const panel = document.createElement("dialog");
  panel.className = "search";
  panel.setAttribute("aria-label", "Search the book");
  panel.innerHTML = `
    <input type="search" role="combobox" placeholder="Search the book" autocomplete="off"
      spellcheck="false" aria-label="Search the book" aria-autocomplete="list"
      aria-controls="search-results" aria-expanded="false">
    <p role="status">Type a word; arrows move, Enter opens, Esc closes.</p>
    <div class="results" id="search-results" role="listbox" aria-label="Results"></div>`;
  document.body.append(panel);
  const input = panel.querySelector("input");
  const status = panel.querySelector("[role=status]");
  const list = panel.querySelector(".results");
  const help = status.textContent;
  let selected = -1;

  // MARK: Query

  const wordsOf = (text) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) || [];

  function results(words) {
    const isRequired = options.needsAll ? lunr.Query.presence.REQUIRED : lunr.Query.presence.OPTIONAL;
    return index.query((query) => {
      words.forEach((word, place) => {
        fields.forEach((field, i) => {
          if (options.needsAll) return;
          query.term(word, { fields: [field], boost: options.boosts[i] * 8, usePipeline: true });
          if (options.expands || place === words.length - 1) {
            query.term(word, {
              fields: [field], boost: options.boosts[i], usePipeline: false,
              wildcard: lunr.Query.wildcard.TRAILING,
            });
          }
        });
        // Required words may occur in any field.
        if (options.needsAll) query.term(lunr.stemmer(new lunr.Token(word, {})).toString(), {
          presence: isRequired, usePipeline: false,
          wildcard: options.expands ? lunr.Query.wildcard.TRAILING : lunr.Query.wildcard.NONE,
        });
      });
    });
  }

  // MARK: Results

  const escaped = (text) =>
    text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);

  /** The word's beginning that all its forms share. */
  const stem = (word) => lunr.stemmer(new lunr.Token(word, {})).toString();

  function highlighted(text, words) {
    const beginnings = words.flatMap((word) => [word, stem(word)]);
    return text.split(/([\p{L}\p{N}]+)/u).map((piece, i) => {
      const isFound = i % 2 === 1
        && beginnings.some((beginning) => piece.toLowerCase().startsWith(beginning));
      return isFound ? `<mark>${escaped(piece)}</mark>` : escaped(piece);
    }).join("");
  }

  /** The stretch of the text that holds the most of the words. */
  function teaser(text, words) {
    const pieces = text.split(/\s+/).filter(Boolean);
    const beginnings = words.flatMap((word) => [word, stem(word)]);
    const hits = pieces.map((piece) =>
      wordsOf(piece).some((part) => beginnings.some((b) => part.startsWith(b))) ? 1 : 0);
    const width = options.teaserWords;
    let sum = hits.slice(0, width).reduce((a, b) => a + b, 0);
    let [best, start] = [sum, 0];
    for (let i = width; i < pieces.length; i++) {
      sum += hits[i] - hits[i - width];
      if (sum > best) [best, start] = [sum, i - width + 1];
    }
    if (best > 0) {
      const first = hits.indexOf(1, start);
      start = Math.max(0, Math.min(first - Math.floor(width / 4), pieces.length - width));
    }
    const shown = pieces.slice(start, start + width).join(" ");
    return (start > 0 ? "… " : "") + highlighted(shown, words)
      + (start + width < pieces.length ? " …" : "");
  }

  function show() {
    const words = wordsOf(input.value);
    const found = words.length ? results(words).slice(0, options.limit) : [];
    list.innerHTML = found.map((result, i) => {
      const section = sections[result.ref];
      return `<a role="option" id="result-${i}" aria-selected="false" tabindex="-1"
        href="${escaped(root + section.url)}"><strong>${highlighted(section.title, words)}</strong>
        <small>${escaped(section.trail)}</small>
        <span class="teaser">${teaser(section.text, words)}</span></a>`;
    }).join("");
    input.setAttribute("aria-expanded", found.length > 0);
    status.textContent = !words.length ? help
      : found.length === 0 ? `Nothing in the book matches “${input.value.trim()}”.`
      : found.length === 1 ? "One section" : `${found.length} sections`;
    select(found.length ? 0 : -1);
  }

  function select(place) {
    if (list.children[selected]) list.children[selected].setAttribute("aria-selected", "false");
    selected = place;
    const option = list.children[place];
    if (option) {
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", option.id);
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  }

  // MARK: Keys

  input.addEventListener("input", show);
  input.addEventListener("keydown", (event) => {
    const count = list.children.length;
    if (event.key === "ArrowDown" && count) {
      event.preventDefault();
      select((selected + 1) % count);
    } else if (event.key === "ArrowUp" && count) {
      event.preventDefault();
      select((selected + count - 1) % count);
    } else if (event.key === "Enter" && list.children[selected]) {
      event.preventDefault();
      list.children[selected].click();
    } else if (event.key === "Escape") {
      // The browser would first empty the field.
      event.preventDefault();
      panel.close();
    }
  });
  list.addEventListener("click", (event) => {
    if (event.target.closest("a")) panel.close();
  });
  panel.addEventListener("click", (event) => {
    if (event.target === panel) panel.close();
  });

  window.openBookSearch = () => {
    panel.showModal();
    input.select();
  };
})();
