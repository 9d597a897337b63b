// Leads other spellings of a name, and names where the host knows no pages without .html, to the page.

/** The path of the name that a spelling leads to; `rules` are pairs of a pattern and what it leads to. */
function nameOf(path, rules) {
  for (let step = 0; step < 6; step += 1) {
    const rule = rules.find(([pattern]) => new RegExp(`^(?:${pattern})$`).test(path));
    if (!rule) return path;
    const found = path.match(new RegExp(`^(?:${rule[0]})$`));
    path = rule[1].replace(/\$(\d)/g, (_, group) => found[Number(group)] || "");
  }
  return path;
}

/** The path of the page to try for what was asked, or null where a page itself is missing. */
function pageOf(asked, rules) {
  if (/\.(?:html|ttl|jsonld|nt|json|css|js|svg|png)$/.test(asked)) return null;
  const name = nameOf(asked.replace(/\/+$/, ""), rules);
  return name && `${name.replace(/@en$/, "")}.html`;
}

/** Goes there if there is something, or shows where the United Nations have the document. */
async function lead(top, rules) {
  const asked = decodeURIComponent(location.pathname);
  const page = asked.startsWith(top) ? pageOf(asked.slice(top.length), rules) : null;
  if (page) {
    const address = top + page.split("/").map(encodeURIComponent).join("/");
    const answer = await fetch(address, { method: "HEAD" }).catch(() => null);
    if (answer && answer.ok) return location.replace(address + location.hash);
  }
  const symbol = (page || asked.slice(top.length)).match(/^doc\/([AES]\/.+?)(?:@[a-z]{2})?\.html$/);
  for (const link of symbol ? document.querySelectorAll("a[data-language]") : []) {
    link.href = `https://undocs.org/${link.dataset.language}/${encodeURI(symbol[1])}`;
    link.hidden = false;
  }
}
