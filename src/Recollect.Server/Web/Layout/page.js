// Times in the zone of who looks, and the progress of what is under way. Every page works without this.
"use strict";

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const known = document.documentElement.dataset.zone;
if (zone && zone !== known) {
  document.cookie = `recollect-zone=${encodeURIComponent(zone)}; path=/; max-age=31536000; samesite=strict`;
  const parts = new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  for (const time of document.querySelectorAll("time[datetime]")) {
    const part = Object.fromEntries(parts.formatToParts(new Date(time.dateTime)).map((one) => [one.type, one.value]));
    time.textContent = `${part.year}-${part.month}-${part.day} ${part.hour}:${part.minute}`;
  }
  for (const name of document.querySelectorAll("[data-zone-name]")) {
    name.textContent = zone;
  }
}

const unfinished = document.querySelector("[data-reload]");
if (unfinished) {
  setTimeout(() => location.reload(), Number(unfinished.dataset.reload));
}

const live = document.querySelector("[data-events]");
if (live) {
  const events = new EventSource(live.dataset.events);
  const show = (name, value) => {
    for (const field of live.querySelectorAll(`[data-field="${name}"]`)) {
      field.textContent = value.toLocaleString("en");
    }
  };
  events.addEventListener("progress", (event) => {
    const now = JSON.parse(event.data);
    for (const name of ["read", "made", "unchanged", "failed", "messages"]) {
      show(name, now[name]);
    }
    const bar = live.querySelector("progress");
    if (bar && now.source.total) {
      bar.max = now.source.total;
      bar.value = now.source.done;
    }
  });
  events.addEventListener("ended", () => {
    events.close();
    location.reload();
  });
}
