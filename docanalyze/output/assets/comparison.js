"use strict";
const filter = document.getElementById("filter");
filter.addEventListener("input", () => {
  const wanted = filter.value.trim().toLowerCase();
  for (const series of document.querySelectorAll(".series")) series.hidden = !series.dataset.name.includes(wanted);
});
const show = () => {
  const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const series = place && place.closest("details");
  if (series) { series.open = true; place.scrollIntoView({ block: "center" }); }
};
window.addEventListener("hashchange", show);
show();
