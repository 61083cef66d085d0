// Dropping files anywhere on the form, and showing how far uploads are.
"use strict";
(() => {
  const form = document.querySelector(".drop");
  if (form) {
    const files = form.querySelector("input[type=file]");
    form.addEventListener("dragover", (event) => { event.preventDefault(); form.classList.add("over"); });
    form.addEventListener("dragleave", () => form.classList.remove("over"));
    form.addEventListener("drop", (event) => {
      event.preventDefault();
      form.classList.remove("over");
      if (!event.dataTransfer.files.length) return;
      files.files = event.dataTransfer.files;
      form.requestSubmit();
    });
  }
  const waiting = [...document.querySelectorAll("[data-progress]")];
  if (waiting.length) {
    setInterval(async () => {
      for (const each of waiting) {
        try {
          const answer = await fetch(each.dataset.progress);
          if (answer.ok && (await answer.json()).progress !== each.dataset.is) location.reload();
        } catch { return; }
      }
    }, 1000);
  }
})();
