// Passkeys: asks the server what is needed, the device for the key, and hands the answer back.
const can = window.PublicKeyCredential?.parseRequestOptionsFromJSON !== undefined;

async function post(address, told) {
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const answer = await fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    body: JSON.stringify(told),
  });
  const said = await answer.json();
  if (!answer.ok) throw new Error(said.detail);
  return said;
}

async function use(button) {
  const { publicKey } = await post(button.dataset.options, {});
  const credential = await navigator.credentials.get({
    publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey),
  });
  const next = document.querySelector("[name=next]")?.value ?? "";
  return post(button.dataset.answer, { credential: credential.toJSON(), next });
}

async function add(button) {
  const { publicKey } = await post(button.dataset.options, {});
  const credential = await navigator.credentials.create({
    publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey),
  });
  const name = document.getElementById(button.dataset.name).value;
  return post(button.dataset.answer, { credential: credential.toJSON(), name });
}

for (const box of document.querySelectorAll("[data-passkey]")) {
  const button = box.querySelector("button");
  const said = box.querySelector("[role=status]");
  box.hidden = !can;
  button.addEventListener("click", async () => {
    said.textContent = "";
    try {
      const { to } = await (box.dataset.passkey === "use" ? use(button) : add(button));
      window.location.assign(to);
    } catch (fault) {
      said.textContent =
        fault instanceof DOMException ? "Przerwano. Możesz spróbować jeszcze raz." : fault.message;
    }
  });
}
