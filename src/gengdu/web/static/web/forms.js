// Forms keep what is filled in by themselves, and draw small tables; both work without scripts.
(function () {
  "use strict";

  // What is typed is kept on the server after a pause; what cannot be kept is told.
  document.querySelectorAll("form[data-draft]").forEach(function (form) {
    var told = form.querySelector("[data-draft-told]"), waiting = null, sending = false, again = false;
    function say(text, failed) { told.textContent = text; told.classList.toggle("s-late", failed); }
    function keep() {
      if (sending) { again = true; return; }
      sending = true;
      fetch(form.dataset.draft, { method: "POST", body: new FormData(form), credentials: "same-origin" })
        .then(function (answer) { if (!answer.ok || answer.redirected) { throw new Error(answer.status); } return answer.json(); })
        .then(function (kept) { say("已自动保存 " + kept.saved_at + "（还没登记）", false); })
        .catch(function () { say("网络不通，还没自动保存；请不要关闭本页，恢复后会再试", true); waiting = setTimeout(keep, 8000); })
        .finally(function () { sending = false; if (again) { again = false; keep(); } });
    }
    form.addEventListener("input", function () { clearTimeout(waiting); waiting = setTimeout(keep, 1500); });
    form.addEventListener("submit", function () { clearTimeout(waiting); });
  });

  // Where the phone stands goes along with the photos; whoever refuses is asked no more.
  document.querySelectorAll("form[data-place]").forEach(function (form) {
    var told = form.querySelector("[data-place-told]");
    if (!navigator.geolocation) { return; }
    navigator.geolocation.getCurrentPosition(function (here) {
      form.elements.latitude.value = here.coords.latitude.toFixed(6);
      form.elements.longitude.value = here.coords.longitude.toFixed(6);
      told.textContent = told.dataset.sayHere;
    }, function () { told.textContent = told.dataset.sayNone; }, { timeout: 15000, maximumAge: 60000 });
  });

  // A small table in one cell: its lines are edited as rows, and stand in the field as text.
  function draw(area) {
    var heads = area.dataset.grid.split("｜"), table = document.createElement("table"), body = document.createElement("tbody");
    table.className = "lines";
    var head = table.createTHead().insertRow();
    heads.concat([""]).forEach(function (name) { var cell = document.createElement("th"); cell.textContent = name; head.append(cell); });
    table.append(body);
    function write() {
      area.value = [].map.call(body.rows, function (row) {
        var cells = [].map.call(row.querySelectorAll("input"), function (input) { return input.value.trim().replace(/[｜|]/g, "／"); });
        return cells.some(Boolean) ? cells.join("｜") : "";
      }).filter(Boolean).join("\n");
      area.dispatchEvent(new Event("input", { bubbles: true }));
    }
    function add(values, after) {
      var row = document.createElement("tr");
      heads.forEach(function (name, place) {
        var cell = row.insertCell(), input = document.createElement("input");
        input.className = "form-control"; input.value = values[place] || ""; input.setAttribute("aria-label", name); input.placeholder = name;
        input.addEventListener("input", write);
        input.addEventListener("paste", function (event) { paste(event, row, place); });
        input.addEventListener("keydown", function (event) {
          if (event.key === "Enter" && !event.ctrlKey) { event.preventDefault(); add([], row).querySelector("input").focus(); }
          if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) { event.preventDefault(); move(row, event.key === "ArrowUp", input); }
        });
        cell.append(input);
      });
      var last = row.insertCell(), drop = document.createElement("button");
      drop.type = "button"; drop.className = "btn btn-sm btn-outline-secondary"; drop.textContent = "删";
      drop.addEventListener("click", function () { row.remove(); if (!body.rows.length) { add([]); } write(); });
      last.append(drop);
      if (after) { after.after(row); } else { body.append(row); }
      return row;
    }
    // Alt and an arrow carry a row up or down, where the order says something.
    function move(row, up, input) {
      var other = up ? row.previousElementSibling : row.nextElementSibling;
      if (!other) { return; }
      if (up) { other.before(row); } else { other.after(row); }
      input.focus();
      write();
    }
    // A block copied from a spreadsheet fills rows from here on.
    function paste(event, row, place) {
      var text = event.clipboardData.getData("text");
      if (!/[\t\n]/.test(text)) { return; }
      event.preventDefault();
      text.replace(/\r/g, "").replace(/\n$/, "").split("\n").forEach(function (line, number) {
        if (number) { row = row.nextElementSibling || add([]); }
        line.split("\t").forEach(function (value, step) {
          var input = row.querySelectorAll("input")[place + step];
          if (input) { input.value = value.trim(); }
        });
      });
      write();
    }
    (area.value.trim() ? area.value.split("\n") : ["", "", ""]).forEach(function (line) { add(line.split("｜")); });
    var more = document.createElement("button");
    more.type = "button"; more.className = "btn btn-sm btn-outline-secondary"; more.textContent = "加一行";
    more.addEventListener("click", function () { add([]).querySelector("input").focus(); });
    area.hidden = true;
    area.after(table, more);
  }
  document.querySelectorAll("textarea[data-grid]").forEach(draw);
  // Parts of a page that come later say so.
  document.addEventListener("gengdu:added", function (event) { event.target.querySelectorAll("textarea[data-grid]").forEach(draw); });
})();
