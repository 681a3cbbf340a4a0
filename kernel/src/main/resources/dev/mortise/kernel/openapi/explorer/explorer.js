// Shows the server's own description and sends what is filled in. Text is only ever set as text, never as markup.
const METHODS = ["get", "put", "post", "patch", "delete"];
const byId = (id) => document.getElementById(id);
let description = {};
let key = "";

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function resolved(node) {
  if (!node?.$ref) return node ?? {};
  return node.$ref.slice(2).split("/").reduce((at, part) => at?.[part.replaceAll("~1", "/").replaceAll("~0", "~")], description) ?? {};
}

function example(given, depth = 0) {
  const schema = resolved(given);
  if (schema.examples?.length) return schema.examples[0];
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const choice = schema.oneOf ?? schema.anyOf;
  if (choice) return example(choice.find((each) => each.type !== "null") ?? choice[0], depth + 1);
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (type === "object" || schema.properties) {
    const wanted = depth > 4 ? [] : Object.entries(schema.properties ?? {});
    return Object.fromEntries(wanted.map(([name, part]) => [name, example(part, depth + 1)]));
  }
  if (type === "array") return depth > 4 ? [] : [example(schema.items, depth + 1)];
  if (type === "integer" || type === "number") return schema.minimum ?? 0;
  if (type === "boolean") return false;
  if (schema.format === "uuid") return "00000000-0000-0000-0000-000000000000";
  return schema.format === "date-time" ? new Date().toISOString() : "";
}

function credentials() {
  return key ? { Authorization: `Bearer ${key}` } : {};
}

// A session is in a cookie that comes with every request; what changes something also needs to show that it comes from
// a page of this server. The token is asked for each time: a new password or second factor changes it.
async function proof(verb) {
  if (key || verb === "get") return {};
  const answer = await fetch("/api/v1/kernel/me");
  const token = answer.ok ? (await answer.json()).csrfToken : undefined;
  return token ? { "X-CSRF-Token": token } : {};
}

async function send(path, verb, operation, fields, area, output) {
  let url = path;
  const query = new URLSearchParams();
  const headers = { ...credentials() };
  for (const [parameter, input] of fields) {
    if (parameter.in === "path") url = url.replace(`{${parameter.name}}`, encodeURIComponent(input.value));
    else if (input.value === "") continue;
    else if (parameter.in === "query") query.append(parameter.name, input.value);
    else if (parameter.in === "header") headers[parameter.name] = input.value;
  }
  if (area) headers["Content-Type"] = "application/json";
  output.textContent = "…";
  try {
    Object.assign(headers, await proof(verb));
    const began = performance.now();
    const answer = await fetch(query.size ? `${url}?${query}` : url, { method: verb.toUpperCase(), headers, body: area?.value });
    const text = await answer.text();
    const lines = [...answer.headers].map(([name, value]) => `${name}: ${value}`);
    output.textContent = `${answer.status} ${answer.statusText} (${Math.round(performance.now() - began)} ms)\n${lines.join("\n")}\n\n${pretty(text)}`;
  } catch (failure) {
    output.textContent = `Not sent: ${failure.message}`;
  }
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function fill(place, path, verb, operation) {
  const fields = (operation.parameters ?? []).map(resolved).map((parameter) => {
    const input = element("input", { required: parameter.required === true });
    place.append(element("label", { className: "field" },
      element("span", { textContent: `${parameter.name} (${parameter.in})${parameter.required ? " *" : ""}` }), input,
      element("small", { textContent: parameter.description ?? "" })));
    return [parameter, input];
  });
  const schema = resolved(operation.requestBody).content?.["application/json"]?.schema;
  const area = schema && element("textarea", { value: JSON.stringify(example(schema), null, 2), spellcheck: false });
  if (area) place.append(element("label", { className: "field" }, element("span", { textContent: "Body" }), area));
  const output = element("pre", { tabIndex: 0, role: "region", ariaLabel: `Answer to ${verb.toUpperCase()} ${path}`, ariaLive: "polite" });
  const button = element("button", { type: "button", textContent: "Send" });
  button.addEventListener("click", () => send(path, verb, operation, fields, area, output));
  if (operation.description) place.prepend(element("p", { textContent: operation.description }));
  place.append(element("small", { textContent: operation["x-permission"] ? `Needs ${operation["x-permission"]}` : "" }), element("div", {}, button), output);
}

function row(path, verb, operation) {
  const place = element("div", { className: "body" });
  const made = element("details", {}, element("summary", { className: operation.deprecated ? "old" : "" },
    element("span", { className: "verb", textContent: verb.toUpperCase() }), `${path} — ${operation.summary ?? ""}`), place);
  made.addEventListener("toggle", () => { if (made.open && !place.hasChildNodes()) fill(place, path, verb, operation); });
  made.dataset.text = `${verb} ${path} ${operation.summary} ${operation.operationId}`.toLowerCase();
  return made;
}

function show() {
  const sections = new Map();
  for (const [path, operations] of Object.entries(description.paths)) {
    for (const verb of METHODS.filter((each) => operations[each])) {
      const tag = operations[verb].tags?.[0] ?? "server";
      if (!sections.has(tag)) sections.set(tag, element("section", {}, element("h2", { textContent: tag })));
      sections.get(tag).append(row(path, verb, operations[verb]));
    }
  }
  byId("operations").replaceChildren(...sections.values());
  byId("message").textContent = `${document.querySelectorAll("details").length} operations, version ${description.info.version}`;
  byId("search").hidden = false;
}

async function open() {
  const answer = await fetch("/api/v1/openapi.json", { headers: credentials() });
  if (!answer.ok) {
    const problem = await answer.json().catch(() => ({}));
    byId("message").textContent = `${answer.status}: ${problem.detail ?? answer.statusText}`;
    return;
  }
  description = await answer.json();
  show();
}

byId("sign-in").addEventListener("submit", (event) => {
  event.preventDefault();
  key = byId("key").value.trim();
  open();
});
byId("filter").addEventListener("input", (event) => {
  const wanted = event.target.value.toLowerCase();
  for (const each of document.querySelectorAll("details")) each.hidden = !each.dataset.text.includes(wanted);
});
