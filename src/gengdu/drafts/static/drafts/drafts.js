// A notice beside its reading: linked both ways, corrected with the keyboard. All of it works
// without this script too, by links and plain forms.
(function () {
  "use strict";

  // A file may be dropped; reading takes a moment, and says so.
  document.querySelectorAll("form[data-drop]").forEach(function (form) {
    var input = form.querySelector("input[type=file]"), reading = form.querySelector("[data-reading]");
    ["dragenter", "dragover"].forEach(function (name) {
      form.addEventListener(name, function (event) { event.preventDefault(); form.classList.add("over"); });
    });
    ["dragleave", "drop"].forEach(function (name) {
      form.addEventListener(name, function (event) { event.preventDefault(); form.classList.remove("over"); });
    });
    form.addEventListener("drop", function (event) {
      if (event.dataTransfer.files.length) { input.files = event.dataTransfer.files; }
    });
    form.addEventListener("submit", function () { reading.hidden = false; form.querySelector("button").disabled = true; });
    window.addEventListener("pageshow", function () { reading.hidden = true; form.querySelector("button").disabled = false; });
  });

  var page = document.querySelector("[data-draft-page]");
  if (!page) { return; }
  var deeds = document.getElementById("deeds"), panes = page.querySelector(".panes");
  var told = page.querySelector("[data-said]"), bubble = page.querySelector("[data-bubble]");
  var keys = page.querySelector("[data-keys-box]"), wide = window.matchMedia("(min-width: 992px)");
  var current = null, queue = Promise.resolve(), hiding = null, selected = null;
  var LOST = "没有保存：网络不通，或已退出登录。请刷新页面再试；正在填的内容还在这里。";

  function pane(name) { return document.getElementById("pane-" + name); }
  function all(selector, within) { return Array.prototype.slice.call((within || page).querySelectorAll(selector)); }
  function cards() { return all("[data-card]", pane("reading")); }
  function marks(item) { return all(".m[data-items~='" + item + "']", pane("text")); }
  function byId(item) { return item ? document.getElementById(item) : null; }

  function say(text, failed) {
    clearTimeout(hiding);
    told.textContent = text;
    told.hidden = !text;
    told.classList.toggle("failed", Boolean(failed));
    hiding = setTimeout(function () { told.hidden = true; }, failed ? 9000 : 2600);
  }

  // Which pane a narrow screen shows.
  function show(name) {
    panes.dataset.shown = name;
    all("[data-pane]").forEach(function (tab) { tab.setAttribute("aria-selected", String(tab.dataset.pane === name)); });
  }
  all("[data-pane]").forEach(function (tab) { tab.addEventListener("click", function () { show(tab.dataset.pane); }); });

  // Both ways: what is pointed at on one side is lit on the other.
  function light(items, on) {
    items.forEach(function (item) {
      var own = byId(item);
      if (own) { own.classList.toggle("lit", on); }
      marks(item).forEach(function (mark) { mark.classList.toggle("lit", on); });
    });
  }
  function itemsOf(target) {
    var mark = target.closest(".m[data-items]"), own = target.closest("[data-item]");
    if (mark) { return mark.dataset.items.split(" "); }
    return own ? [own.dataset.item] : [];
  }
  ["mouseover", "focusin"].forEach(function (name) { panes.addEventListener(name, function (event) { light(itemsOf(event.target), true); }); });
  ["mouseout", "focusout"].forEach(function (name) { panes.addEventListener(name, function (event) { light(itemsOf(event.target), false); }); });

  function bring(node, block) {
    if (node) { node.scrollIntoView({ block: block || "center", behavior: "instant" }); }
  }
  function choose(card, options) {
    var asked = options || {};
    if (!card) { return; }
    all(".current").forEach(function (one) { one.classList.remove("current"); });
    current = card.dataset.card;
    card.classList.add("current");
    marks(current).forEach(function (mark) { mark.classList.add("current"); });
    if (!asked.still) { card.focus({ preventScroll: true }); bring(card, "nearest"); }
    if (wide.matches && !asked.noText) { bring(marks(current)[0]); }
  }
  function step(by) {
    var list = cards(), at = list.findIndex(function (card) { return card.dataset.card === current; });
    choose(list[at < 0 ? 0 : Math.min(list.length - 1, Math.max(0, at + by))]);
  }
  panes.addEventListener("click", function (event) {
    var mark = event.target.closest(".m[data-items]"), link = event.target.closest("a[href^='#at-']"), card;
    if (mark) {
      event.preventDefault();
      if (String(window.getSelection())) { return; }
      var own = byId(mark.hash.slice(1));
      if (!own) { say("这一项不在当前的筛选里；点“全部”再看。", true); return; }
      show("reading");
      card = own.closest("[data-card]");
      choose(card, { noText: true, still: true });
      bring(own);
      card.focus({ preventScroll: true });
    } else if (link) {
      event.preventDefault();
      show("text");
      choose(link.closest("[data-card]"), { still: true, noText: true });
      bring(byId(link.hash.slice(1)) || marks(current)[0]);
      light([link.hash.slice(4)], true);
      setTimeout(function () { light([link.hash.slice(4)], false); }, 1600);
    } else if ((card = event.target.closest("[data-card]")) && !event.target.closest("a,button,input,select,textarea,label")) {
      choose(card, { still: true });
      card.focus({ preventScroll: true });
    }
  });

  // Deeds are sent one after the other, each on the version the one before made.
  function send(form, extra, address) {
    queue = queue.then(function () {
      var body = new FormData(form);
      Object.keys(extra || {}).forEach(function (name) { body.set(name, extra[name]); });
      // A form was filled in over the version it came with; a button acts on what is seen now.
      body.set("seen", deeds.elements.version.value);
      if (form === deeds) { body.set("version", deeds.elements.version.value); }
      return fetch(address || form.getAttribute("action"), { method: "POST", body: body, headers: { "X-Draft": "1" }, credentials: "same-origin" });
    }).then(function (answer) {
      if (answer.redirected) { throw new Error("redirected"); }
      if (answer.status === 422) { return answer.text().then(function (html) { return { form: html }; }); }
      if ([200, 409, 410].indexOf(answer.status) < 0) { throw new Error(answer.status); }
      return answer.json().then(function (data) { data.failed = answer.status !== 200; return data; });
    }).then(function (data) { return data.form ? data : take(data); }).catch(function () { say(LOST, true); return { failed: true }; });
    return queue;
  }
  function fill(selector, text) { all(selector).forEach(function (node) { node.textContent = text; }); }
  function take(data) {
    deeds.elements.version.value = data.version;
    say(data.said, data.failed);
    if (data.whole) { return reload(data.at).then(function () { return data; }); }
    Object.keys(data.cards || {}).forEach(function (item) {
      var card = byId(item);
      if (!card || card.querySelector("[data-item-form]") && data.failed) { return; }
      var holder = document.createElement("template");
      holder.innerHTML = data.cards[item].trim();
      var fresh = holder.content.firstElementChild;
      card.replaceWith(fresh);
      if (item === current) { choose(fresh, { still: true, noText: true }); }
    });
    if (data.count !== undefined) {
      fill("[data-done]", data.done);
      fill("[data-count]", data.count);
      all("[data-bar]").forEach(function (bar) { bar.style.width = data.percent + "%"; });
      all("button[name=undo]").forEach(function (one) { one.disabled = !data.undo; });
      all("button[name=redo]").forEach(function (one) { one.disabled = !data.redo; });
    }
    return data;
  }

  // Where items came or went, the page is fetched anew and both panes keep their place.
  function reload(at) {
    var kept = ["text", "reading"].map(function (name) { return pane(name).scrollTop; }), down = window.scrollY;
    return fetch(location.pathname + location.search, { credentials: "same-origin" }).then(function (answer) {
      if (!answer.ok || answer.redirected) { throw new Error(answer.status); }
      return answer.text();
    }).then(function (html) {
      var fresh = new DOMParser().parseFromString(html, "text/html");
      ["#pane-text", "#pane-reading", ".filters", ".desk", ".heading"].forEach(function (selector) {
        var from = fresh.querySelector(selector), to = page.querySelector(selector);
        if (from && to) { to.innerHTML = from.innerHTML; }
      });
      deeds.elements.version.value = fresh.getElementById("deeds").elements.version.value;
      pane("text").scrollTop = kept[0];
      pane("reading").scrollTop = kept[1];
      window.scrollTo({ top: down, behavior: "instant" });
      var own = byId(at), card = own && own.closest("[data-card]") || byId(current);
      if (card) { choose(card); }
    }).catch(function () { location.reload(); });
  }

  function act(name, value) {
    var list = cards(), at = list.findIndex(function (card) { return card.dataset.card === current; });
    var next = list[at + 1] && list[at + 1].dataset.card;
    if (name === "drop" && value === current) { current = next || list[at - 1] && list[at - 1].dataset.card; }
    var extra = {};
    extra[name] = value;
    return send(deeds, extra);
  }
  document.addEventListener("click", function (event) {
    var button = event.target.closest("button[name]");
    if (button && button.form === deeds) {
      event.preventDefault();
      var card = button.closest("[data-card]");
      if (card) { choose(card, { still: true, noText: true }); }
      act(button.name, button.value);
      return;
    }
    var edit = event.target.closest("a[data-edit]");
    if (edit && page.contains(edit) && !event.ctrlKey && !event.metaKey) { event.preventDefault(); open(edit); }
    if (event.target.closest("[data-cancel]")) { event.preventDefault(); shut(); }
    if (event.target.closest("[data-keys]")) { keys.showModal(); }
  });

  // The form of an item opens on its card; that of a new one above all cards.
  function open(link) {
    var card = link.closest("[data-card]"), isNew = /\/new\//.test(link.pathname);
    var holder = card && !isNew ? card : pane("reading").querySelector("[data-slot]");
    shut();
    fetch(link.href, { headers: { "X-Draft": "1" }, credentials: "same-origin" }).then(function (answer) {
      if (!answer.ok || answer.redirected) { throw new Error(answer.status); }
      return answer.text();
    }).then(function (html) {
      show("reading");
      put(holder, html);
      if (card && !isNew) { choose(card, { still: true }); }
    }).catch(function () { say("打不开：网络不通、已退出登录，或这一项已被删除。请刷新页面再试。", true); });
  }
  function put(holder, html) {
    holder.querySelectorAll("[data-item-form]").forEach(function (one) { one.remove(); });
    // Parsed by itself: inside the form of the deeds a parser would leave its own form out.
    var parsed = document.createElement("template");
    parsed.innerHTML = html;
    holder.appendChild(parsed.content);
    var form = holder.querySelector("[data-item-form]");
    form.dispatchEvent(new Event("gengdu:added", { bubbles: true }));
    bring(form, "nearest");
    var first = form.querySelector(".wrong input, .wrong textarea, .wrong select") ||
      Array.prototype.find.call(form.querySelectorAll("input:not([type=hidden]), select, textarea"), function (one) { return one.offsetParent; });
    if (first) { first.focus(); }
    form.addEventListener("submit", function (event) { event.preventDefault(); save(form); });
  }
  function save(form) {
    var holder = form.parentElement, button = form.querySelector(".btn-primary");
    button.disabled = true;
    send(form).then(function (data) {
      button.disabled = false;
      if (data.form) { put(holder, data.form); return; }
      if (data.failed) { return; }
      form.remove();
      var card = byId(data.at) && byId(data.at).closest("[data-card]");
      if (card) { choose(card, { noText: true }); }
    });
  }
  function shut() {
    all("[data-item-form]").forEach(function (form) { form.remove(); });
    if (byId(current)) { byId(current).focus({ preventScroll: true }); }
  }
  window.addEventListener("beforeunload", function (event) { if (page.querySelector("[data-item-form]")) { event.preventDefault(); } });

  // What is selected in the text can become an item. Places count characters, not halves of them.
  function placeOf(node, offset) {
    var part = (node.nodeType === 3 ? node.parentElement : node).closest("[data-at]");
    if (!part) { return null; }
    return Number(part.dataset.at) + Array.from(part.textContent.slice(0, node.nodeType === 3 ? offset : 0)).length;
  }
  function readSelection() {
    var chosen = window.getSelection(), text = page.querySelector("[data-text]");
    selected = null;
    if (chosen.rangeCount && !chosen.isCollapsed && text && text.contains(chosen.anchorNode)) {
      var range = chosen.getRangeAt(0), start = placeOf(range.startContainer, range.startOffset), end = placeOf(range.endContainer, range.endOffset);
      if (start !== null && end !== null && start < end) { selected = { start: start, end: end, box: range.getBoundingClientRect() }; }
    }
    bubble.hidden = !selected;
    if (selected) {
      bubble.style.left = Math.max(8, selected.box.left + window.scrollX) + "px";
      bubble.style.top = selected.box.bottom + window.scrollY + 6 + "px";
      all("a[data-new]", bubble).forEach(function (one) {
        one.href = deeds.dataset.new.replace("target", one.dataset.new) + "?start=" + selected.start + "&end=" + selected.end;
        one.setAttribute("data-edit", "");
      });
    }
  }
  document.addEventListener("selectionchange", function () { clearTimeout(readSelection.waiting); readSelection.waiting = setTimeout(readSelection, 150); });
  bubble.addEventListener("mousedown", function (event) { event.preventDefault(); });
  bubble.addEventListener("click", function () { bubble.hidden = true; });

  // The keyboard.
  function press(selector) {
    var own = byId(current), button = own && own.querySelector(selector);
    if (button) { button.click(); }
  }
  var plain = {
    j: function () { step(1); }, ArrowDown: function () { step(1); }, k: function () { step(-1); }, ArrowUp: function () { step(-1); },
    " ": function () {
      var own = byId(current), was = own && own.classList.contains("checked");
      if (!own) { step(0); return; }
      act(was ? "uncheck" : "check", current);
      if (!was) { step(1); }
    },
    Enter: function () { press("a[data-edit][href*='/items/']"); },
    Delete: function () { if (byId(current)) { act("drop", current); } },
    u: function () { act("undo", "1"); }, U: function () { act("redo", "1"); },
    n: function () { var one = bubble.querySelector("[data-new=target]"); if (selected && one) { open(one); bubble.hidden = true; } else { say("先在左边的正文里选中文字。"); } },
    "?": function () { keys.showModal(); }, "？": function () { keys.showModal(); },
    Escape: function () { shut(); bubble.hidden = true; }
  };
  ["1", "2", "3"].forEach(function (digit) {
    plain[digit] = function () { var own = byId(current), one = own && own.querySelectorAll(".option button")[Number(digit) - 1]; if (one) { one.click(); } };
  });
  document.addEventListener("keydown", function (event) {
    var inField = event.target.closest("input,select,textarea,[contenteditable]"), form = event.target.closest("[data-item-form]");
    if (form && event.key === "Enter" && event.ctrlKey) { event.preventDefault(); form.requestSubmit(); return; }
    if (form && event.key === "Escape") { event.preventDefault(); shut(); return; }
    if (keys.open) { if (event.key === "?" || event.key === "？") { event.preventDefault(); keys.close(); } return; }
    if (inField || event.altKey || document.querySelector("dialog[open]")) { return; }
    if (event.ctrlKey || event.metaKey) {
      if (event.key === "z") { event.preventDefault(); act("undo", "1"); }
      if (event.key === "y") { event.preventDefault(); act("redo", "1"); }
      return;
    }
    // On a link or button, Enter and space do what they do there.
    if ((event.key === "Enter" || event.key === " ") && event.target.closest("a,button,summary")) { return; }
    if (plain[event.key]) { event.preventDefault(); plain[event.key](); }
  });

  // An address with an item opens at it.
  var wanted = byId(decodeURIComponent(location.hash.slice(1)));
  if (wanted && wanted.closest("[data-card]")) { choose(wanted.closest("[data-card]")); bring(wanted); }
})();
