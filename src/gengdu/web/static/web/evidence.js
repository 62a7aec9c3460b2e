// Files of an entry: chosen or photographed, shrunk, sent in pieces that outlive a dropped line.
(() => {
  "use strict";
  if (window.gengduEvidence) { return; }
  window.gengduEvidence = true;
  const LARGEST_PIECE = 1024 * 1024;
  const SMALLEST_PIECE = 64 * 1024;
  const HASHED_BYTES = 64 * 1024 * 1024;
  const HEAVY_BYTES = 1.5 * 1024 * 1024;
  const WAITS = [1, 2, 4, 8, 15, 30];
  const REMEMBERED = "gengdu-upload|";

  document.querySelectorAll("[data-evidence]").forEach((box) => new Block(box));

  // Place and time that a camera wrote into a JPEG: they are lost when it is drawn anew.
  async function readNotes(file) {
    try {
      const view = new DataView(await file.slice(0, 256 * 1024).arrayBuffer());
      if (view.getUint16(0) !== 0xffd8) { return null; }
      for (let at = 2; at + 10 < view.byteLength;) {
        const mark = view.getUint16(at);
        if ((mark & 0xff00) !== 0xff00 || mark === 0xffda) { return null; }
        if (mark === 0xffe1 && view.getUint32(at + 4) === 0x45786966) { return notesAt(view, at + 10); }
        at += 2 + view.getUint16(at + 2);
      }
    } catch (error) { /* whatever a camera wrote, the picture is sent without it */ }
    return null;
  }

  function notesAt(view, start) {
    const little = view.getUint16(start) === 0x4949;
    const short = (at) => view.getUint16(start + at, little);
    const long = (at) => view.getUint32(start + at, little);
    const entries = (at) => {
      const found = {};
      for (let n = 0; n < short(at); n += 1) { found[short(at + 2 + 12 * n)] = at + 2 + 12 * n; }
      return found;
    };
    const text = (entry) => {
      const count = long(entry + 4), at = count > 4 ? long(entry + 8) : entry + 8;
      let said = "";
      for (let n = 0; n < Math.min(count, 40); n += 1) { said += String.fromCharCode(view.getUint8(start + at + n)); }
      return said.replace(/\0.*$/, "");
    };
    const degrees = (entry) => {
      const at = long(entry + 8);
      return [0, 8, 16].map((step) => long(at + step) / long(at + step + 4))
        .reduce((sum, part, n) => sum + part / 60 ** n, 0);
    };
    const first = entries(long(4)), told = {};
    const details = first[0x8769] ? entries(long(first[0x8769] + 8)) : {};
    if (details[0x9003]) {
      told.at = text(details[0x9003]).replace(/^(\d{4}):(\d\d):(\d\d) /, "$1-$2-$3T");
      if (details[0x9011]) { told.at += text(details[0x9011]); }
    }
    const place = first[0x8825] ? entries(long(first[0x8825] + 8)) : {};
    if (place[2] && place[4]) {
      const latitude = degrees(place[2]) * (place[1] && text(place[1]) === "S" ? -1 : 1);
      const longitude = degrees(place[4]) * (place[3] && text(place[3]) === "W" ? -1 : 1);
      if (Number.isFinite(latitude) && Number.isFinite(longitude) && (latitude || longitude)) {
        told.latitude = latitude;
        told.longitude = longitude;
      }
    }
    return told;
  }

  // A heavy photo is drawn smaller before it is sent; the browser turns it upright meanwhile.
  function shrunk(file, side) {
    return new Promise((resolve) => {
      if (!/\.(jpe?g|png|webp)$/i.test(file.name) || file.size < HEAVY_BYTES) { resolve(null); return; }
      const reader = new FileReader(), image = new Image();
      reader.onerror = image.onerror = () => resolve(null);
      reader.onload = () => { image.src = reader.result; };
      image.onload = () => {
        const scale = Math.min(1, side / Math.max(image.naturalWidth, image.naturalHeight));
        const canvas = document.createElement("canvas");
        canvas.width = Math.max(1, Math.round(image.naturalWidth * scale));
        canvas.height = Math.max(1, Math.round(image.naturalHeight * scale));
        const pen = canvas.getContext("2d");
        pen.fillStyle = "#fff";
        pen.fillRect(0, 0, canvas.width, canvas.height);
        pen.drawImage(image, 0, 0, canvas.width, canvas.height);
        canvas.toBlob((blob) => resolve(blob && blob.size < file.size ? blob : null), "image/jpeg", 0.9);
      };
      reader.readAsDataURL(file);
    });
  }

  async function digestOf(blob) {
    if (!window.crypto || !crypto.subtle || blob.size > HASHED_BYTES) { return ""; }
    const raw = new Uint8Array(await crypto.subtle.digest("SHA-256", await blob.arrayBuffer()));
    return [...raw].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  function Block(box) {
    const said = box.dataset, item = said.item || "";
    const token = box.querySelector("[data-token]").value;
    const list = box.querySelector("[data-list]"), picked = box.querySelector("[data-picked]");
    const lines = box.querySelector("[data-uploads]"), told = box.querySelector("[data-said]");
    const waiting = [];
    let busy = false;
    const prefix = [REMEMBERED, said.who, said.ledger, item, ""].join("|");
    if (!lines) { return; }

    const make = (name, more, ...inside) => {
      const made = Object.assign(document.createElement(name), more);
      made.append(...inside);
      return made;
    };
    const sizeOf = (size) => size >= 1048576 ? `${(size / 1048576).toFixed(1)} MB` : `${Math.max(1, Math.round(size / 1024))} KB`;
    const tell = (words, undo) => {
      told.classList.remove("wrong");
      told.textContent = words;
      if (undo) {
        const button = make("button", { type: "button", className: "btn btn-sm btn-outline-secondary", textContent: said.sayUndo });
        button.addEventListener("click", () => deed(undo));
        told.append(button);
      }
    };
    const warn = (words) => { tell(words); told.classList.add("wrong"); };

    // Answers: { status, body }; status 0 means that the line is down, 401 that nobody is signed in.
    async function ask(address, how = {}) {
      try {
        const answer = await fetch(address, { credentials: "same-origin", redirect: "follow", ...how,
          headers: { Accept: "application/json", "X-CSRFToken": token, ...(how.headers || {}) } });
        if (answer.redirected) { return { status: 401, body: {} }; }
        const is = (answer.headers.get("Content-Type") || "").startsWith("application/json");
        return { status: answer.status, body: is ? await answer.json() : {} };
      } catch (error) { return { status: 0, body: {} }; }
    }
    const post = (address, body) => ask(address, { method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json" } });

    function piece(address, blob, onProgress) {
      return new Promise((resolve) => {
        const sent = new XMLHttpRequest();
        sent.open("POST", address);
        sent.setRequestHeader("X-CSRFToken", token);
        sent.setRequestHeader("Accept", "application/json");
        sent.setRequestHeader("Content-Type", "application/octet-stream");
        sent.timeout = 120000;
        sent.upload.onprogress = (event) => onProgress(event.loaded);
        sent.onload = () => {
          let body = {};
          try { body = JSON.parse(sent.responseText); } catch (error) { /* a page, not an answer */ }
          const isElsewhere = sent.responseURL && !sent.responseURL.includes("/evidence/");
          resolve({ status: isElsewhere ? 401 : sent.status, body });
        };
        sent.onerror = sent.ontimeout = sent.onabort = () => resolve({ status: 0, body: {} });
        sent.send(blob);
      });
    }

    // One file on its way. What is remembered in the browser lets it go on after a reload.
    function Sending(file) {
      const key = `${prefix}${file.name}|${file.size}|${file.lastModified}`;
      const how = make("p", { className: "how", textContent: said.sayWaiting });
      const bar = make("i", { className: "v" });
      const again = make("button", { type: "button", className: "btn btn-sm btn-primary", textContent: said.sayAgain, hidden: true });
      const away = make("button", { type: "button", className: "btn btn-sm btn-outline-secondary", textContent: said.sayRemove });
      const line = make("li", {}, make("div", { className: "said" }, `${file.name} `, make("span", { className: "k", textContent: sizeOf(file.size) }), make("div", { className: "bar thin" }, bar), how), make("div", { className: "deeds" }, again, away));
      let stopped = false, wake = null, upload = null;
      lines.append(line);
      const show = (words, state, share) => {
        how.textContent = words;
        line.className = state || "";
        again.hidden = state !== "held";
        if (share !== undefined) { bar.style.width = `${Math.round(100 * share)}%`; }
      };
      const wakeUp = () => { if (wake) { wake(); } };
      again.addEventListener("click", wakeUp);
      window.addEventListener("online", wakeUp);
      away.addEventListener("click", () => {
        stopped = true;
        if (upload) { post(`${upload.url}drop/`, {}); }
        forget();
        wakeUp();
        line.remove();
      });
      const forget = () => localStorage.removeItem(key);
      const remember = () => {
        try { localStorage.setItem(key, JSON.stringify({ url: upload.url, name: file.name, at: Date.now() })); } catch (error) { /* a full store only costs the going on after a reload */ }
      };
      const pause = (seconds, words) => new Promise((resolve) => {
        let left = seconds;
        const step = () => { show(words.replace("#", left), "held"); left -= 1; if (left < 0) { done(); } };
        const timer = seconds ? setInterval(step, 1000) : null;
        const done = () => { clearInterval(timer); wake = null; resolve(); };
        wake = done;
        if (seconds) { step(); } else { show(words, "held"); }
      });
      // Asks until there is an answer to go by; the line may drop as often as it will.
      async function untilAnswered(once) {
        for (let tries = 0; !stopped; tries += 1) {
          const answer = await once(tries);
          if (stopped) { break; }
          if (answer.status === 401 || answer.status === 403 && !answer.body.error) { await pause(0, said.saySignedOut); continue; }
          if (answer.status === 0) { await pause(WAITS[Math.min(tries, WAITS.length - 1)], said.sayOffline); continue; }
          if (answer.status === 503 || answer.status === 502 || answer.status === 504) { await pause(WAITS[Math.min(tries, WAITS.length - 1)], answer.body.error || said.sayOffline); continue; }
          if (answer.status >= 500) { await pause(0, answer.body.error || said.sayTrouble); continue; }
          return answer;
        }
        return null;
      }
      const refuse = (answer) => { forget(); show(answer.body.error || said.sayTrouble, "refused", 0); };

      async function begun(blob, taken) {
        let known = null;
        try { known = JSON.parse(localStorage.getItem(key)); } catch (error) { forget(); }
        if (known) {
          const state = await untilAnswered(() => ask(known.url));
          if (!state) { return false; }
          if (state.status === 200 && state.body.size === blob.size && state.body.state !== "refused") { upload = state.body; return true; }
          forget();
        }
        const name = blob === file ? file.name : file.name.replace(/\.[^.]+$/, "") + ".jpg";
        const announced = { ledger: said.ledger, name, size: blob.size, digest: await digestOf(blob), taken };
        if (item) { announced.item = Number(item); }
        const answer = await untilAnswered(() => post(said.begin, announced));
        if (!answer) { return false; }
        if (answer.status !== 201) { refuse(answer); return false; }
        upload = answer.body;
        remember();
        return true;
      }

      async function sentWhole(blob) {
        let at = upload.received, most = LARGEST_PIECE;
        while (upload.state === "open" && at < blob.size) {
          const part = blob.slice(at, at + most);
          const glue = upload.url.includes("?") ? "&" : "?";
          const answer = await untilAnswered((tries) => {
            if (tries) { return ask(upload.url); } // the line was down: ask how far it came
            return piece(`${upload.url}${glue}offset=${at}`, part, (loaded) => show(`${said.saySending} ${sizeOf(at + loaded)} / ${sizeOf(blob.size)}`, "", (at + loaded) / blob.size));
          });
          if (!answer) { return false; }
          if (answer.status === 409 && answer.body.wanted !== undefined) { at = answer.body.wanted; continue; }
          if (answer.status !== 200) { refuse(answer); return false; }
          if (answer.body.received < at + part.size) { most = Math.max(SMALLEST_PIECE, most / 2); }
          at = answer.body.received;
          upload.state = answer.body.state;
          show(`${said.saySending} ${sizeOf(at)} / ${sizeOf(blob.size)}`, "", at / blob.size);
        }
        return true;
      }

      this.run = async () => {
        if (stopped) { return; }
        show(said.sayPreparing, "", 0);
        const small = await shrunk(file, Number(said.side));
        const blob = small || file, taken = small ? await readNotes(file) : null;
        if (stopped || !await begun(blob, taken) || !await sentWhole(blob)) { return; }
        show(said.sayFinishing, "", 1);
        const answer = await untilAnswered(() => post(`${upload.url}finish/`, {}));
        if (!answer) { return; }
        if (answer.status !== 200) { refuse(answer); return; }
        const taking = await untilAnswered(() => take(answer.body));
        if (!taking) { return; }
        if (taking.status !== 200) { refuse(taking); return; }
        forget();
        window.removeEventListener("online", wakeUp);
        line.remove();
        if (answer.body.message) { tell(`${file.name}：${answer.body.message}`); }
      };
    }

    async function take(upload) {
      if (item) {
        const answer = await post(said.attach, { uploads: [upload.id] });
        if (answer.status === 200) { renew(answer.body); }
        return answer;
      }
      pick("evidence_upload", upload.id, upload.name, sizeOf(upload.size), upload.kind === "picture" || upload.kind === "pdf" ? `${upload.url}thumbnail/` : "");
      return { status: 200, body: {} };
    }

    function pick(field, value, name, about, thumbnail) {
      if ([...picked.querySelectorAll("input")].some((input) => input.name === field && input.value === value)) { return; }
      const look = make("span", { className: "look" });
      if (thumbnail) { look.append(make("img", { src: thumbnail, alt: "" })); }
      const away = make("button", { type: "button", className: "btn btn-sm btn-outline-secondary", textContent: said.sayRemove });
      away.dataset.unpick = "";
      picked.append(make("li", {}, look, make("div", { className: "said" }, name, make("p", { className: "k", textContent: about })), make("div", { className: "deeds" }, away), make("input", { type: "hidden", name: field, value })));
      picked.dispatchEvent(new Event("input", { bubbles: true }));
    }

    function renew(body) {
      list.innerHTML = body.html;
      box.querySelector("[data-count]").textContent = body.count ? said.sayCount.replace("#", body.count) : "";
    }

    async function next() {
      if (busy) { return; }
      busy = true;
      while (waiting.length) { await waiting.shift().run(); }
      busy = false;
    }

    box.querySelectorAll("[data-choose]").forEach((input) => input.addEventListener("change", () => {
      [...input.files].forEach((file) => waiting.push(new Sending(file)));
      input.value = "";
      tell("");
      unfinished.hidden = true;
      next();
    }));
    window.addEventListener("beforeunload", (event) => { if (busy) { event.preventDefault(); event.returnValue = said.sayLeft; } });

    // What a reload interrupted: the browser may not read the files again by itself, so it asks.
    const unfinished = box.querySelector("[data-unfinished]");
    const left = Object.keys(localStorage).filter((key) => key.startsWith(prefix)).map((key) => {
      try { return { key, ...JSON.parse(localStorage.getItem(key)) }; } catch (error) { return { key }; }
    }).filter((one) => {
      const isNew = one.at && Date.now() - one.at < 6 * 86400000;
      if (!isNew) { localStorage.removeItem(one.key); }
      return isNew;
    });
    if (left.length) {
      const button = make("button", { type: "button", className: "btn btn-sm btn-outline-secondary", textContent: said.sayGiveUp });
      button.addEventListener("click", () => {
        left.forEach((one) => { post(`${one.url}drop/`, {}); localStorage.removeItem(one.key); });
        unfinished.hidden = true;
      });
      unfinished.append(said.sayUnfinished.replace("#", left.map((one) => one.name).join("、")), " ", button);
      unfinished.hidden = false;
    }

    // Captions, removing and undoing: forms that work without scripts, done here without a reload.
    async function deed(address, body) {
      const answer = await ask(address, { method: "POST", body: body || new FormData() });
      if (answer.status === 200) {
        renew(answer.body);
        tell(answer.body.said || "", answer.body.undo);
      } else { warn(answer.body.error || (answer.status === 401 ? said.saySignedOut : said.sayTrouble)); }
    }
    box.addEventListener("submit", (event) => {
      if (!event.target.matches("[data-evidence-deed]")) { return; }
      event.preventDefault();
      deed(event.target.action, new FormData(event.target));
    });
    box.addEventListener("click", (event) => {
      const away = event.target.closest("[data-unpick]");
      if (away) { away.closest("li").remove(); }
    });

    // Files that prove other entries already.
    const dialog = box.querySelector("dialog"), words = box.querySelector("[data-offered-words]");
    const offers = box.querySelector("[data-offered-list]"), taker = box.querySelector("[data-offered-take]");
    let asked = 0, timer = 0;
    const search = async () => {
      const mine = asked += 1;
      const glue = said.offered.includes("?") ? "&" : "?";
      try {
        const answer = await fetch(`${said.offered}${glue}q=${encodeURIComponent(words.value)}`, { credentials: "same-origin" });
        if (mine === asked && answer.ok && !answer.redirected) { offers.innerHTML = await answer.text(); taker.disabled = true; }
      } catch (error) { offers.textContent = said.sayTrouble; }
    };
    box.querySelector("[data-pick]").addEventListener("click", () => { dialog.showModal(); search(); });
    box.querySelector("[data-offered-close]").addEventListener("click", () => dialog.close());
    words.addEventListener("input", (event) => { event.stopPropagation(); clearTimeout(timer); timer = setTimeout(search, 250); });
    words.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); } });
    offers.addEventListener("change", () => { taker.disabled = !offers.querySelector("input:checked"); });
    taker.addEventListener("click", async () => {
      const chosen = [...offers.querySelectorAll("input:checked")];
      dialog.close();
      if (!item) {
        chosen.forEach((one) => pick("evidence_file", one.value, one.dataset.name, one.dataset.about, one.dataset.thumbnail || ""));
        return;
      }
      const answer = await post(said.attach, { files: chosen.map((one) => Number(one.value)) });
      if (answer.status === 200) { renew(answer.body); tell(said.sayAdded.replace("#", chosen.length)); } else { warn(answer.body.error || said.sayTrouble); }
    });
  }
})();
