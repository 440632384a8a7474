// Registers and uses passkeys: a form requests a challenge from the server, passes it to the browser, and posts the
// response. A browser without support for passkeys shows a note instead of the form.

const toBytes = (text) => {
  const base64 = text.replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
};

const toText = (buffer) => {
  const characters = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte));
  return btoa(characters.join("")).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
};

// Not every supported browser has `PublicKeyCredential.parseCreationOptionsFromJSON`.
const parseOptions = (json) => {
  const parseIds = (list) => list.map((item) => ({ ...item, id: toBytes(item.id) }));
  const options = { ...json, challenge: toBytes(json.challenge) };
  if (json.user) options.user = { ...json.user, id: toBytes(json.user.id) };
  if (json.excludeCredentials) options.excludeCredentials = parseIds(json.excludeCredentials);
  if (json.allowCredentials) options.allowCredentials = parseIds(json.allowCredentials);
  return options;
};

// Not every supported browser has `PublicKeyCredential.toJSON`.
const toJson = (credential) => {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = toText(credential.response[name]);
  }
  const id = toText(credential.rawId);
  return JSON.stringify({ id, rawId: id, type: credential.type, response, clientExtensionResults: {} });
};

const requestOptions = async (form) => {
  const body = new URLSearchParams({ csrf: form.elements.csrf.value });
  const response = await fetch(form.dataset.challenge, { method: "POST", body });
  if (!response.ok) throw new Error(`the server responded with ${response.status}`);
  return parseOptions(await response.json());
};

const run = async (form) => {
  const publicKey = await requestOptions(form);
  const credential =
    form.dataset.passkey === "create"
      ? await navigator.credentials.create({ publicKey })
      : await navigator.credentials.get({ publicKey });
  form.elements.response.value = toJson(credential);
  form.submit();
};

const isSupported = "PublicKeyCredential" in window && "credentials" in navigator;

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.hidden = !isSupported;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const message = form.querySelector("[data-fault]");
    const button = form.querySelector("button");
    message.hidden = true;
    button.disabled = true;
    try {
      await run(form);
    } catch (error) {
      // Browsers deliberately report a canceled request and a missing passkey alike.
      const isRegistered = error.name === "InvalidStateError";
      message.textContent = isRegistered ? message.dataset.alreadyRegistered : message.dataset.failed;
      message.hidden = false;
      button.disabled = false;
    }
  });
}

for (const element of document.querySelectorAll("[data-without-passkeys]")) {
  element.hidden = isSupported;
}
