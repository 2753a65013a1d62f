(() => {
  const many = document.body.hasAttribute("data-many");
  addEventListener("beforeprint", () => {
    for (const fold of document.querySelectorAll(many ? "details.short" : "details")) {
      if (!fold.open) { fold.open = true; fold.dataset.unfolded = ""; }
    }
  });
  addEventListener("afterprint", () => {
    for (const fold of document.querySelectorAll("details[data-unfolded]")) {
      fold.open = false; delete fold.dataset.unfolded;
    }
  });
})();
