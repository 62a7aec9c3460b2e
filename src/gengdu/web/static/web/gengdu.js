// Small behaviours that every page shares; pages work without them.
(function () {
  "use strict";
  document.documentElement.classList.add("js");
  document.querySelectorAll("[data-fill-username]").forEach(function (button) {
    button.addEventListener("click", function () {
      document.getElementById("id_username").value = button.dataset.fillUsername;
      document.getElementById("id_password").value = button.dataset.fillPassword;
    });
  });
  document.querySelectorAll("[data-print]").forEach(function (button) {
    button.addEventListener("click", function () { window.print(); });
  });
  // One tick in the head of a list ticks every row of the page.
  document.querySelectorAll("[data-choose-all]").forEach(function (all) {
    var ticks = all.closest("[data-choose]").querySelectorAll("tbody input[type=checkbox]");
    all.addEventListener("change", function () {
      ticks.forEach(function (tick) { tick.checked = all.checked; });
    });
  });
  // Another day is chosen in one step; without scripts the button beside it does the same.
  var day = document.getElementById("on");
  if (day) {
    day.addEventListener("change", function () { if (day.value && day.checkValidity()) { day.form.submit(); } });
  }
})();

// The columns ticked in a list go into its address as one value.
document.querySelectorAll("[data-columns]").forEach((box) => {
  const form = box.closest("form");
  form.addEventListener("submit", () => {
    const chosen = [...box.querySelectorAll("input:checked")].map((input) => input.value);
    let field = form.querySelector("input[name=columns]");
    if (!field) {
      field = document.createElement("input");
      field.type = "hidden";
      field.name = "columns";
      form.append(field);
    }
    field.value = chosen.join(",");
  });
});

// Whoever leaves a form with something in it that is not saved is asked first.
document.querySelectorAll("form[data-guarded]").forEach((form) => {
  let touched = false;
  form.addEventListener("input", () => { touched = true; });
  form.addEventListener("submit", () => { touched = false; });
  window.addEventListener("beforeunload", (event) => { if (touched) event.preventDefault(); });
});

// Rows of a list are ticked one by one, by the page, or all that match; the button says how many.
document.querySelectorAll("[data-selecting]").forEach((form) => {
  const boxes = [...document.querySelectorAll(`input[name=thing][form=${form.id}]`)];
  const page = form.querySelector("[data-whole-page]");
  const all = form.querySelector("input[name=all]");
  const button = form.querySelector("[data-said]");
  const usual = button.textContent;
  const tell = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    const count = all.checked ? Number(button.dataset.total) : ticked;
    page.checked = ticked === boxes.length;
    page.indeterminate = ticked > 0 && ticked < boxes.length;
    boxes.forEach((box) => { box.disabled = all.checked; });
    page.disabled = all.checked;
    button.disabled = count === 0;
    button.textContent = count ? button.dataset.said.replace("#", count.toLocaleString("en")) : usual;
  };
  page.addEventListener("change", () => {
    boxes.forEach((box) => { box.checked = page.checked; });
    tell();
  });
  [all, ...boxes].forEach((box) => box.addEventListener("change", tell));
  window.addEventListener("pageshow", tell);
  tell();
});

// A slider writes into the field that is asked for, and asks once it is let go.
document.querySelectorAll("input[data-fills]").forEach((slider) => {
  slider.addEventListener("input", () => {
    document.getElementById(slider.dataset.fills).value = slider.value;
    document.getElementById(slider.dataset.shows).textContent = slider.value;
  });
  slider.addEventListener("change", () => slider.form.submit());
});

// Only what belongs to the first choice is offered in the others.
document.querySelectorAll("select[data-narrows]").forEach((first) => {
  const narrow = () => first.form.querySelectorAll("option[data-of]").forEach((option) => {
    const fits = option.dataset.of.split(" ").includes(first.value);
    option.hidden = option.disabled = !fits;
    if (!fits && option.selected) option.parentElement.value = "";
  });
  first.addEventListener("change", narrow);
  window.addEventListener("pageshow", narrow);
  narrow();
});

// Where one choice decides what is asked next, choosing is enough.
document.querySelectorAll("form[data-submit-on-change]").forEach((form) => {
  form.addEventListener("change", () => form.submit());
});
