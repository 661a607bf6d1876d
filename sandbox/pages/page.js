// Links into My Access say where they lead behind the '#', which no server sees: say it in the query instead.
const VIEWS = { "#/access-reviews": "reviews", "#/request-approval": "approvals" };
function followLink() {
  const view = VIEWS[location.hash];
  const query = new URLSearchParams(location.search);
  if (view && location.pathname.startsWith("/myaccess") && !query.has("view")) {
    location.replace(location.pathname + "?view=" + view);
    return;
  }
  const named = location.hash.match(/^#\/access-packages\/([0-9a-f-]{36})/i);
  if (!named || !location.pathname.startsWith("/myaccess")) return;
  if (query.get("package") === named[1] || query.has("view")) return;
  location.replace(location.pathname + "?package=" + named[1] + location.hash);
}
// While something is under way the page asks again every second and shows what changed; forms stay as they are.
async function keepFresh() {
  const main = document.querySelector("main");
  const typed = [...main.querySelectorAll("input, textarea")].some((field) => field.value !== field.defaultValue);
  if (!main.hasAttribute("data-live") || typed || main.contains(document.activeElement)) return;
  const answer = await fetch(location.href, { headers: { accept: "text/html" } });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main");
  if (fresh.innerHTML !== main.innerHTML) main.innerHTML = fresh.innerHTML;
  main.toggleAttribute("data-live", fresh.hasAttribute("data-live"));
}
addEventListener("hashchange", followLink);
followLink();
setInterval(() => keepFresh().catch(() => undefined), 1000);
