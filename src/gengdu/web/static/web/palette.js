// Ctrl+K, or the button in the head: a few letters find a page, a school or a person.
(() => {
  "use strict";
  const dialog = document.getElementById("palette");
  if (!dialog || !dialog.showModal) { return; }
  const form = dialog.querySelector("form");
  const field = form.elements.namedItem("q");
  const list = document.getElementById("palette-list");
  const none = dialog.querySelector("[data-none]");
  const failed = dialog.querySelector("[data-failed]");
  const more = dialog.querySelector("[data-more]").textContent;
  let hits = [];
  let here = -1;
  let wait = 0;
  let asking = null;

  const choose = (place) => {
    here = place;
    hits.forEach((hit, number) => hit.setAttribute("aria-selected", String(number === here)));
    if (!hits[here]) { field.removeAttribute("aria-activedescendant"); return; }
    field.setAttribute("aria-activedescendant", hits[here].id);
    hits[here].scrollIntoView({ block: "nearest" });
  };

  const option = (label, hint, url) => {
    const made = document.createElement("a");
    made.setAttribute("role", "option");
    made.id = `palette-${hits.length}`;
    made.tabIndex = -1;
    made.href = url;
    made.textContent = label;
    if (hint) {
      const said = document.createElement("span");
      said.textContent = hint;
      made.append(said);
    }
    hits.push(made);
    return made;
  };

  const show = (groups) => {
    hits = [];
    list.replaceChildren();
    groups.forEach((group, number) => {
      const box = document.createElement("div");
      const title = document.createElement("small");
      title.id = `palette-title-${number}`;
      title.textContent = group.title;
      box.setAttribute("role", "group");
      box.setAttribute("aria-labelledby", title.id);
      box.append(title);
      group.hits.forEach((hit) => box.append(option(hit.label, hit.hint, hit.url)));
      if (group.more) { box.append(option(`${more} ›`, "", group.more)); }
      list.append(box);
    });
    none.hidden = hits.length > 0;
    failed.hidden = true;
    choose(hits.length && field.value.trim() ? 0 : -1);
  };

  const ask = async () => {
    if (asking) { asking.abort(); }
    asking = new AbortController();
    try {
      // In the body, not in the address: what is typed may be somebody's number.
      const answer = await fetch(form.dataset.source, {
        method: "POST", body: new FormData(form), signal: asking.signal, headers: { Accept: "application/json" }, redirect: "error",
      });
      if (!answer.ok) { throw new Error(String(answer.status)); }
      show((await answer.json()).groups);
    } catch (error) {
      if (error.name === "AbortError") { return; }
      show([]);
      none.hidden = true;
      failed.hidden = false;
    }
  };

  const open = () => {
    if (dialog.open) { field.select(); return; }
    dialog.showModal();
    field.focus();
    field.select();
    ask();
  };

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      open();
    }
  });
  document.querySelectorAll("[data-palette]").forEach((button) => {
    button.addEventListener("click", (event) => { event.preventDefault(); open(); });
  });
  field.addEventListener("input", (event) => {
    if (event.isComposing) { return; }
    clearTimeout(wait);
    wait = setTimeout(ask, 160);
  });
  field.addEventListener("compositionend", () => { clearTimeout(wait); wait = setTimeout(ask, 160); });
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) { return; }
    if (event.key === "ArrowDown") { event.preventDefault(); choose(here + 1 < hits.length ? here + 1 : 0); }
    if (event.key === "ArrowUp") { event.preventDefault(); choose(here > 0 ? here - 1 : hits.length - 1); }
    if (event.key === "Enter" && hits[here]) { event.preventDefault(); hits[here].click(); }
  });
  dialog.addEventListener("click", (event) => { if (event.target === dialog) { dialog.close(); } });
})();
