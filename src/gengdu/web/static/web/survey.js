// Keeps what is filled in until it has arrived, and says how far one is. The page works without.
(function () {
  var key = "gengdu-survey:" + location.pathname;
  var store = { get: function () { return null; }, set: function () {}, drop: function () {} };
  try {
    var kept = window.localStorage;
    store = {
      get: function () { return kept.getItem(key); },
      set: function (text) { try { kept.setItem(key, text); } catch (error) { /* it is full */ } },
      drop: function () { kept.removeItem(key); }
    };
  } catch (error) { /* a browser that keeps nothing */ }

  function restore(form) {
    var draft = null;
    try { draft = JSON.parse(store.get() || "null"); } catch (error) { return; }
    (Array.isArray(draft) ? draft : []).forEach(function (pair) {
      var name = String(pair[0]).replace(/[^a-z0-9]/g, "");
      form.querySelectorAll("[name='" + name + "']").forEach(function (field) {
        if (field.type === "radio" || field.type === "checkbox") {
          if (field.value === pair[1]) { field.checked = true; }
        } else if (!field.value) { field.value = pair[1]; }
      });
    });
  }

  function begin() {
    var form = document.querySelector("form[data-survey]");
    if (!form) { return; }
    var line = document.querySelector("[data-survey-progress]");
    var failed = document.querySelector("[data-survey-failed]");
    var questions = Array.from(form.querySelectorAll("fieldset"));

    function pairs() { return Array.from(new FormData(form).entries()); }

    function progress() {
      var done = questions.filter(function (one) {
        return one.querySelector("input:checked") || (one.querySelector("textarea") || {}).value;
      }).length;
      line.hidden = false;
      line.querySelector("i").style.width = (100 * done / questions.length) + "%";
      line.querySelector("span").textContent = done + " / " + questions.length;
    }

    form.addEventListener("input", function () { store.set(JSON.stringify(pairs())); progress(); });
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      var button = form.querySelector("button.send");
      button.disabled = true;
      failed.hidden = true;
      fetch(location.pathname, { method: "POST", body: new URLSearchParams(pairs()) })
        .then(function (answer) {
          if (!answer.ok) { throw new Error(answer.status); }
          return answer.text();
        })
        .then(show)
        .catch(function () { button.disabled = false; failed.hidden = false; });
    });
    restore(form);
    progress();
  }

  // Arrived, used up, or something missing: the page that says so takes the place of this one.
  function show(text) {
    var page = new DOMParser().parseFromString(text, "text/html");
    if (page.querySelector("[data-survey-done]")) { store.drop(); }
    document.querySelector("main").replaceWith(page.querySelector("main"));
    window.scrollTo(0, 0);
    begin();
  }

  begin();
})();
