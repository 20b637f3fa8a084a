// Improves the pages; each of them works without it.

const first = document.querySelector("#first-mistake") ?? document.querySelector("[aria-invalid]");
if (first) first.focus();
else if (!location.hash) document.querySelector("main h1")?.focus({ preventScroll: true });

// On a phone the menu is a row that scrolls: it begins with where one is.
const here = document.querySelector(".menu [aria-current]"), row = here?.closest("ul");
if (row) row.scrollLeft = here.offsetLeft - row.offsetLeft - 24;

// A form that was sent is not sent twice; the browser's way back brings its buttons back.
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
}
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// What is typed is kept in this window until it is sent: leaving a page by a slip loses nothing.
for (const form of document.querySelectorAll("form[data-keeps]")) {
  const place = `draft:${form.dataset.keeps}`;
  const fields = () => [...form.elements].filter((field) => field.name && field.type !== "hidden" && field.type !== "file");
  try {
    const kept = JSON.parse(sessionStorage.getItem(place) ?? "{}");
    for (const field of fields()) {
      if (field.name in kept && field.matches("textarea, input:not([type]), select") && !field.value) {
        field.value = kept[field.name];
      }
    }
  } catch { sessionStorage.removeItem(place); }
  form.addEventListener("input", () => {
    const typed = fields().filter((field) => field.matches("textarea, input:not([type]), select"));
    sessionStorage.setItem(place, JSON.stringify(Object.fromEntries(typed.map((field) => [field.name, field.value]))));
  });
  form.addEventListener("submit", (event) => {
    if (!event.submitter?.name) sessionStorage.removeItem(place);
  });
}

// A page about work that is under way shows how far it is.
const again = document.querySelector("[data-again]");
if (again) setTimeout(() => location.reload(), Number(again.dataset.again) * 1000);

// Whether somebody did something meanwhile, and whether the console still answers.
const body = document.body;
let shown = Date.now(), bar = null;
function tell(text, kind) {
  if (!bar) {
    bar = document.createElement("p");
    bar.className = "gone";
    bar.setAttribute("role", "status");
    body.prepend(bar);
  }
  if (bar.textContent !== text) bar.textContent = text;
  bar.dataset.kind = kind;
}
async function look() {
  if (document.hidden || !body.dataset.log) return;
  try {
    const answer = await fetch("/log-size", { signal: AbortSignal.timeout(8000), headers: { accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const { size } = await answer.json();
    if (Number(body.dataset.log) !== size) tell(body.dataset.news, "news");
    else if (bar) { bar.remove(); bar = null; }
  } catch {
    const at = new Date(shown).toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });
    tell(body.dataset.gone.replace("…", at), "gone");
  }
}
if (body.dataset.log !== undefined && document.querySelector(".menu")) setInterval(look, 15000);

// In a table of entries the arrow keys go from row to row.
for (const table of document.querySelectorAll("table[data-keys]")) {
  table.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1, Enter: 1 }[event.key];
    const field = event.target.closest("input, select");
    if (!step || !field || (field.tagName === "SELECT" && event.key !== "Enter")) return;
    const rows = [...table.tBodies[0].rows], row = field.closest("tr");
    const at = [...row.querySelectorAll("input, select")].indexOf(field);
    for (let next = rows.indexOf(row) + step; rows[next]; next += step) {
      const found = rows[next].querySelectorAll("input, select")[at];
      if (found) { event.preventDefault(); found.focus(); found.select?.(); return; }
    }
  });
}

// A count of votes says while it is typed whether it adds up and passes; who is not counted otherwise is in favour.
for (const table of document.querySelectorAll("table[data-pass]")) {
  const all = table.closest("form").querySelector("[data-all]");
  const cell = (row, name) => row.querySelector(`[name^="${name}."]`);
  const sum = (row, names) => names.reduce((n, name) => n + Number(cell(row, name)?.value || 0), 0);
  const look = (row) => {
    const hands = cell(row, "other") !== null, out = row.querySelector("output"), favour = cell(row, "for");
    const voting = Number(cell(row, "collected")?.value || row.dataset.voting);
    const rest = sum(row, ["against", hands ? "other" : "invalid"]);
    if (all?.checked && (favour.value === "" || favour.dataset.own)) {
      favour.value = Math.max(0, voting - rest);
      favour.dataset.own = "yes";
    }
    if (favour.value === "") { out.textContent = out.className = ""; return; }
    const cast = rest + Number(favour.value), passes = Number(favour.value) >= Number(row.dataset.least);
    const off = hands ? cast !== voting : cast > voting;
    out.className = off ? "off" : passes ? "pass" : "fail";
    const said = [cast, voting];
    out.textContent = off ? table.dataset.off.replace(/…/g, () => said.shift()) : passes ? table.dataset.pass : table.dataset.fail;
  };
  const rows = [...table.tBodies[0].rows].filter((row) => row.dataset.least);
  table.addEventListener("input", (event) => {
    if (event.target.name.startsWith("for.")) delete event.target.dataset.own;
    look(event.target.closest("tr"));
  });
  all?.addEventListener("change", () => {
    for (const row of rows) {
      const favour = cell(row, "for");
      if (!all.checked && favour.dataset.own) { favour.value = ""; delete favour.dataset.own; }
      look(row);
    }
  });
  if (!table.querySelector("output")?.textContent) rows.forEach(look);
}

// The roll says how many are there while it is called.
for (const said of document.querySelectorAll("[data-roll]")) {
  const stands = [...said.closest("form").querySelectorAll("[data-stands]")];
  const look = () => {
    const there = stands.filter((field) => field.selectedOptions[0].dataset.there !== undefined).length;
    const enough = there >= Number(said.dataset.roll);
    said.className = enough ? "said" : "warn";
    said.querySelector("output").textContent = (enough ? said.dataset.enough : said.dataset.short).replace("…", there);
  };
  for (const field of stands) field.addEventListener("change", look);
  look();
}
