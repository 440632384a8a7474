// Makes the console's pages handier. Everything works without it.

// Copies what stands beside a button; the button says so for a moment.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-copy]");
  if (!button) return;
  const source = document.getElementById(button.dataset.copy);
  const text = "value" in source ? source.value : source.textContent;
  try {
    await navigator.clipboard.writeText(text.trim());
  } catch {
    if (source.select) source.select();
    document.execCommand("copy");
  }
  const before = button.dataset.before || button.textContent;
  button.dataset.before = before;
  button.textContent = button.dataset.copied;
  setTimeout(() => {
    button.textContent = before;
  }, 2000);
});

// Buttons that only scripts make useful are hidden until there is one.
for (const element of document.querySelectorAll("[data-scripted]")) {
  element.hidden = false;
}

// Shows what a switch unrolls.
for (const control of document.querySelectorAll("input[data-unrolls]")) {
  const part = document.getElementById(control.dataset.unrolls);
  const follow = () => {
    part.hidden = !control.checked;
  };
  control.addEventListener("change", follow);
  follow();
}

// Prints the page.
document.addEventListener("click", (event) => {
  if (event.target.closest("button[data-print]")) window.print();
});

// A choice that takes effect at once, such as the language.
for (const control of document.querySelectorAll("select[data-at-once]")) {
  control.addEventListener("change", () => control.form.requestSubmit());
  control.form.querySelector("button").hidden = true;
}

// Reads a chosen file into a field: a text as it is, anything else as base64.
for (const chooser of document.querySelectorAll("input[data-reads-into]")) {
  chooser.addEventListener("change", async () => {
    const [file] = chooser.files;
    if (!file) return;
    const tooLarge = document.getElementById(chooser.dataset.tooLarge);
    const isTooLarge = file.size > Number(chooser.dataset.maxBytes);
    if (tooLarge) tooLarge.hidden = !isTooLarge;
    if (tooLarge && isTooLarge) {
      // What the field had stays.
      chooser.value = "";
      return;
    }
    const bytes = new Uint8Array(await file.arrayBuffer());
    const field = document.getElementById(chooser.dataset.readsInto);
    try {
      field.value = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch {
      field.value = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
    }
    chooser.value = "";
  });
}
