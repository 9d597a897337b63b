"""DCAT 3: the dataset in a catalogue, with a distribution for each file and a data service for the SPARQL endpoint."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import quote

import pyoxigraph as ox

from kg.pages.about_dataset import LICENCE
from kg.pages.addresses import LANGUAGES
from kg.pages.phrases import phrases
from kg.pages.site import Site
from kg.publish.about import about
from kg.publish.changes import counts, home, release_stem, version_name
from kg.publish.files import File, in_six
from kg.publish.folder import Folder
from kg.publish.statements import Statements, literal
from kg.publish.versions import Release, State
from kg.publish.void import PATHS, dataset_name
from kg.uris import ONTOLOGY

_MEDIA = "https://www.iana.org/assignments/media-types/"
_PROFILES = {"csv": "http://www.w3.org/ns/csvw#", "nq": ONTOLOGY, "trig": ONTOLOGY}


def dcat(site: Site, folder: Folder, state: State, files: Iterable[File]) -> None:
    """Writes the catalogue, and a description of each release, as Turtle, JSON-LD and N-Triples."""
    _write(folder, "dataset", catalogue(site, state, files))
    for number, release in enumerate(state.releases):
        earlier = state.releases[number - 1] if number else None
        _write(folder, release_stem(release), _release(site, release, earlier))


def _write(folder: Folder, stem: str, said: Statements) -> None:
    for form, content in said.forms().items():
        folder.write(f"{stem}.{form}", content)


def catalogue(site: Site, state: State, files: Iterable[File]) -> Statements:
    """The catalogue with the dataset, its distributions and its service."""
    said = about(site, state)
    name, dataset = f"{site.names.base}catalogue", dataset_name(site)
    said.say(name, "rdf:type", "dcat:Catalog")
    said.words(name, "dct:title", in_six("title"))
    said.words(name, "dct:description", in_six("description"))
    said.say(name, "dct:license", LICENCE)
    said.say(name, "dct:publisher", f"{dataset}#publisher")
    said.say(name, "dcat:dataset", dataset)
    said.say(name, "dct:issued", literal(state.releases[0].issued, "dateTime"))
    said.say(name, "dct:modified", literal(state.latest.issued, "dateTime"))
    said.say(name, "foaf:homepage", f"{home(site)}index.html")
    said.say(dataset, "foaf:isPrimaryTopicOf", home(site) + PATHS[0], f"{home(site)}dataset.ttl")
    for file in files:
        _distribution(said, site, file, state.latest)
    if site.endpoint:
        _service(said, site, name)
    return said


def distribution_name(site: Site, file: File) -> str:
    return f"{dataset_name(site)}#file-{quote(file.name, safe='')}"


def titles(site: Site, file: File) -> Mapping[str, str]:
    """What a file holds, by language."""
    if file.part is None:
        return in_six(file.what)
    found: dict[str, str] = {}
    for code in LANGUAGES:
        say = phrases("dataset", code)
        label = site.labels.find(site.names.named(f"body/{file.part.organ}"), code)
        organ = label.text if label else say["other_organ"]
        found[code] = say[file.what].format(organ=organ, year=file.part.year or say["undated"])
    return found


def _distribution(said: Statements, site: Site, file: File, release: Release) -> None:
    name = distribution_name(site, file)
    said.say(dataset_name(site), "dcat:distribution", name)
    said.say(version_name(site.names, release.version), "dcat:distribution", name)
    said.say(name, "rdf:type", "dcat:Distribution")
    said.words(name, "dct:title", titles(site, file))
    address = home(site) + quote(file.path)
    said.say(name, "dcat:accessURL", address)
    said.say(name, "dcat:downloadURL", address)
    said.say(name, "dcat:mediaType", _MEDIA + file.media)
    said.say(name, "dcat:compressFormat", f"{_MEDIA}application/gzip" if file.packed else None)
    said.say(name, "dcat:packageFormat", f"{_MEDIA}application/zip" if file.media == "application/zip" else None)
    said.say(name, "dcat:byteSize", literal(file.size, "nonNegativeInteger"))
    said.say(name, "dct:license", LICENCE)
    said.words(name, "dct:rights", in_six("unofficial"))
    said.say(name, "dct:issued", literal(release.issued, "dateTime"))
    said.say(name, "dct:conformsTo", _PROFILES.get(file.path.removesuffix(".gz").rpartition(".")[2]))
    checksum = f"{name}-sha256"
    said.say(name, "spdx:checksum", checksum)
    said.say(checksum, "rdf:type", "spdx:Checksum")
    said.say(checksum, "spdx:algorithm", "spdx:checksumAlgorithm_sha256")
    said.say(checksum, "spdx:checksumValue", literal(file.sha256, "hexBinary"))


def _service(said: Statements, site: Site, catalog: str) -> None:
    service = f"{dataset_name(site)}#sparql"
    said.say(catalog, "dcat:service", service)
    said.say(service, "rdf:type", "dcat:DataService")
    said.words(service, "dct:title", in_six("service"))
    said.say(service, "dcat:endpointURL", site.endpoint)
    said.say(service, "dcat:endpointDescription", site.endpoint)
    said.say(service, "dcat:servesDataset", dataset_name(site))
    said.say(service, "dct:conformsTo", "https://www.w3.org/TR/sparql11-protocol/")
    said.say(service, "dct:license", LICENCE)
    said.say(service, "dct:publisher", f"{dataset_name(site)}#publisher")


def _release(site: Site, release: Release, earlier: Release | None) -> Statements:
    """One release, whether or not its files are still offered."""
    said, name = Statements(), version_name(site.names, release.version)
    said.say(name, "rdf:type", "dcat:Dataset")
    said.words(name, "dct:title", {code: f"{text} ({release.version})" for code, text in in_six("title").items()})
    said.words(name, "dct:description", in_six("description"))
    said.words(name, "dct:rights", in_six("unofficial"))
    said.say(name, "dct:license", LICENCE)
    said.say(name, "dct:isVersionOf", dataset_name(site))
    said.say(name, "dcat:version", ox.Literal(release.version))
    said.say(name, "dct:issued", literal(release.issued, "dateTime"))
    for code in LANGUAGES:
        text = phrases("dataset", code)["release_counts"].format(**counts(release))
        said.say(name, "adms:versionNotes", ox.Literal(text, language=code))
    if earlier is not None:
        before = version_name(site.names, earlier.version)
        said.say(name, "dct:replaces", before)
        said.say(name, "dcat:previousVersion", before)
    return said
