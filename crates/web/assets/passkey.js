// Makes and uses passkeys: a form that asks for one gets the question from the server, puts it to the browser, and
// posts the answer. In a browser that has none, the page says so.

const toBytes = (text) => {
  const base64 = text.replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
};

const toText = (buffer) => {
  const characters = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte));
  return btoa(characters.join("")).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
};

// What every browser understands; `parseCreationOptionsFromJSON` is younger than many that are in use.
const understood = (options) => {
  const known = (list) => list.map((one) => ({ ...one, id: toBytes(one.id) }));
  const read = { ...options, challenge: toBytes(options.challenge) };
  if (options.user) read.user = { ...options.user, id: toBytes(options.user.id) };
  if (options.excludeCredentials) read.excludeCredentials = known(options.excludeCredentials);
  if (options.allowCredentials) read.allowCredentials = known(options.allowCredentials);
  return read;
};

// The form that `PublicKeyCredential.toJSON` gives, for browsers that have not got it.
const written = (credential) => {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = toText(credential.response[name]);
  }
  const id = toText(credential.rawId);
  return JSON.stringify({ id, rawId: id, type: credential.type, response, clientExtensionResults: {} });
};

const ask = async (form) => {
  const body = new URLSearchParams({ csrf: form.elements.csrf.value });
  const answer = await fetch(form.dataset.question, { method: "POST", body });
  if (!answer.ok) throw new Error(`the server answers ${answer.status}`);
  return understood(await answer.json());
};

const run = async (form) => {
  const publicKey = await ask(form);
  const credential =
    form.dataset.passkey === "make"
      ? await navigator.credentials.create({ publicKey })
      : await navigator.credentials.get({ publicKey });
  form.elements.response.value = written(credential);
  form.submit();
};

const isPossible = "PublicKeyCredential" in window && "credentials" in navigator;

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.hidden = !isPossible;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const fault = form.querySelector("[data-fault]");
    const button = form.querySelector("button");
    fault.hidden = true;
    button.disabled = true;
    try {
      await run(form);
    } catch (error) {
      // Somebody who has thought better of it, or has nothing that fits, looks the same on purpose.
      const isKnown = error.name === "InvalidStateError";
      fault.textContent = isKnown ? fault.dataset.known : fault.dataset.failed;
      fault.hidden = false;
      button.disabled = false;
    }
  });
}

for (const element of document.querySelectorAll("[data-without-passkeys]")) {
  element.hidden = isPossible;
}
