// Bundles what the pages take from npm into ../assets/vendor/ (or the folder that is named), with a manifest.
//
// The same lock file gives the same bytes. The manifest says of each file its size and sha256, and which packages it was
// made from: name, version, licence, origin, and where the licence's text lies.

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build, version as esbuildVersion } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const target = resolve(process.argv[2] ?? join(here, "..", "assets", "vendor"));

// Each bundle bears the version of the package that it is named for.
const bundles = [
  { name: "codemirror", versionOf: "@codemirror/view", global: "unkgCodeMirror" },
  { name: "sigma", versionOf: "sigma", global: "unkgSigma" },
];

const json = (path) => JSON.parse(readFileSync(path, "utf8"));
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");
const described = (name) => json(join(here, "node_modules", name, "package.json"));

function packageOf(input) {
  const match = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input);
  return match ? match[1] : null;
}

function licenceText(name) {
  const folder = join(here, "node_modules", name);
  const file = readdirSync(folder).find((each) => /^(licen[cs]e|copying)(\.|$)/i.test(each));
  if (!file) throw new Error(`${name}: ships no text of its licence; expected a file LICENSE in ${folder}`);
  return readFileSync(join(folder, file), "utf8").replace(/\r\n/g, "\n").trimEnd() + "\n";
}

function packageEntry(name) {
  const { version, license } = described(name);
  const file = `licences/${name.replace("@", "").replace("/", "-")}.txt`;
  const text = licenceText(name);
  writeFileSync(join(target, file), text);
  return { name, version, licence: license, origin: `npm:${name}`, text: file, sha256: sha256(text) };
}

async function bundle({ name, versionOf, global }) {
  const version = described(versionOf).version;
  const file = `${name}-${version}.min.js`;
  const made = await build({
    absWorkingDir: here,
    entryPoints: [`src/${name}.js`],
    bundle: true,
    minify: true,
    format: "iife",
    globalName: global,
    target: ["es2020"],
    charset: "utf8",
    legalComments: "none",
    metafile: true,
    write: false,
    outfile: file,
    banner: { js: `/* ${name} ${version}: its parts and their licences stand in manifest.json */` },
  });
  const bytes = made.outputFiles[0].contents;
  writeFileSync(join(target, file), bytes);
  // Only what really went in: an import that is not used leaves no bytes.
  const inputs = Object.entries(Object.values(made.metafile.outputs)[0].inputs);
  const used = inputs.filter(([, part]) => part.bytesInOutput > 0).map(([input]) => packageOf(input));
  const packages = [...new Set(used.filter(Boolean))].sort().map(packageEntry);
  return { name, version, file, global, bytes: bytes.length, sha256: sha256(bytes), packages };
}

if (existsSync(target)) rmSync(target, { recursive: true });
mkdirSync(join(target, "licences"), { recursive: true });
const files = [];
for (const each of bundles) files.push(await bundle(each));
const manifest = { made_by: `esbuild ${esbuildVersion}`, files };
writeFileSync(join(target, "manifest.json"), JSON.stringify(manifest, null, 1) + "\n");
for (const each of files) console.log(`${each.file}  ${each.bytes} bytes  ${each.packages.length} packages`);
