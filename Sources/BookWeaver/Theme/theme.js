// Sets the theme that the reader chose before anything is painted.
(function () {
  try {
    var choice = localStorage.getItem("book-theme");
    if (choice === "light" || choice === "dark") {
      document.documentElement.dataset.theme = choice;
      document.documentElement.dataset.choice = choice;
    }
  } catch (error) {
    // Without storage the page follows the system.
  }
})();
