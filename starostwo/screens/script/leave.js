// <form data-confirm-leave>: the browser asks before unsaved text is left behind.
const unsaved = new Set();

document.addEventListener("input", (event) => {
  const form = event.target.closest?.("form[data-confirm-leave]");
  if (form) unsaved.add(form);
});

for (const name of ["submit", "autosaved"]) {
  document.addEventListener(name, (event) => unsaved.delete(event.target));
}

window.addEventListener("beforeunload", (event) => {
  if ([...unsaved].some((form) => form.isConnected)) event.preventDefault();
});
