// On the page for addresses that do not answer. Addresses are written in small letters, and most hosts mind: who types
// /KPO/ is led to /kpo/. Whoever reports an address need not copy it.
const root = new URL("../", import.meta.url).pathname;
const small = root + location.pathname.slice(root.length).toLowerCase();
if (small !== location.pathname) location.replace(small + location.search + location.hash);
const report = document.getElementById("lost");
if (report) report.href += encodeURIComponent(location.href);
