// Keys, the lease, and copying. Everything else works without script.
"use strict";
(() => {
  const page = document.querySelector(".desk");
  if (!page) return;

  const typing = (target) => target.matches("input, textarea, select, [contenteditable]");
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.key === "Escape" && typing(event.target)) { event.target.blur(); return; }
    if (typing(event.target)) return;
    if (event.key === "Enter") {
      // Enter belongs to whatever has the focus.
      if (event.target !== document.body) return;
    }
    if (event.key === "+" || event.key === "-" || event.key === "=") { zoom(event.key === "-" ? -1 : 1); return; }
    const wanted = [...page.querySelectorAll("[data-key]")].find((each) => each.dataset.key === event.key);
    if (!wanted) return;
    event.preventDefault();
    if (wanted.tagName === "A") wanted.click();
    else { wanted.focus(); wanted.scrollIntoView({ block: "nearest" }); }
  });

  const sizes = ["", "larger", "largest"];
  let size = 0;
  function zoom(step) {
    const pages = document.getElementById("pages");
    if (!pages) return;
    size = Math.min(sizes.length - 1, Math.max(0, size + step));
    pages.classList.remove("larger", "largest");
    if (sizes[size]) pages.classList.add(sizes[size]);
  }

  // A place that is looked for again is lit again, and the page with it comes into sight without the facts moving.
  const light = (anchor) => {
    const mark = document.getElementById(anchor);
    const pages = document.getElementById("pages");
    if (!mark || !pages) return false;
    for (const lit of pages.querySelectorAll(".lit")) lit.classList.remove("lit");
    mark.classList.add("lit");
    const place = mark.getBoundingClientRect(), frame = pages.getBoundingClientRect();
    if (pages.scrollHeight > pages.clientHeight) pages.scrollTop += place.top - frame.top - frame.height / 3;
    return true;
  };
  for (const link of page.querySelectorAll("[data-place]")) {
    const anchor = decodeURIComponent(link.hash.slice(1));
    const beside = () => getComputedStyle(document.getElementById("pages")).position === "sticky";
    link.addEventListener("click", (event) => { if (beside() && light(anchor)) event.preventDefault(); });
    link.addEventListener("focus", () => { if (beside()) light(anchor); });
  }

  const { lease, leave, token } = page.dataset;
  if (lease) {
    const body = () => new URLSearchParams({ csrf_token: token });
    setInterval(() => { fetch(lease, { method: "POST", body: body() }).then((answer) => {
      if (answer.status === 409) location.reload();
    }).catch(() => {}); }, 60000);
    let stays = false;
    page.addEventListener("submit", () => { stays = true; });
    addEventListener("pagehide", () => { if (!stays) navigator.sendBeacon(leave, body()); });
  }

  for (const button of page.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const letter = document.getElementById(button.dataset.copy);
      letter.select();
      try { await navigator.clipboard.writeText(letter.value); } catch { document.execCommand("copy"); }
      button.textContent = button.dataset.done;
    });
  }

  const changes = document.getElementById("changes");
  if (changes && location.hash === "#changes") changes.focus();
})();
