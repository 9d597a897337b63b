"""What the dataset is, in statements: title, source, licence, version; the same in every file that says so."""

from __future__ import annotations

import pyoxigraph as ox

from kg.pages.about_dataset import LICENCE
from kg.pages.addresses import LANGUAGES
from kg.pages.phrases import phrases
from kg.pages.site import Site
from kg.publish.changes import home, stream_name, version_name
from kg.publish.files import citation, in_six
from kg.publish.statements import Statements, literal
from kg.publish.versions import State
from kg.publish.void import dataset_name
from kg.uris import ONTOLOGY

UNITED_NATIONS = "https://www.un.org/"
_AUTHORITY = "http://publications.europa.eu/resource/authority"
_LANGUAGES = {"ar": "ARA", "en": "ENG", "es": "SPA", "fr": "FRA", "ru": "RUS", "zh": "ZHO"}


def about(site: Site, state: State) -> Statements:
    """The dataset with its release, as it stands inside the files too."""
    said, name, release = Statements(), dataset_name(site), state.latest
    said.say(name, "rdf:type", "dcat:Dataset", "void:Dataset", "schema:Dataset")
    said.words(name, "dct:title", in_six("title"))
    said.words(name, "dct:description", in_six("description"))
    said.words(name, "dct:rights", in_six("unofficial"))
    for code in LANGUAGES:
        for word in phrases("dataset", code)["keywords"].split(";"):
            said.say(name, "dcat:keyword", ox.Literal(word.strip(), language=code))
    said.say(name, "dcat:theme", f"{_AUTHORITY}/data-theme/INTR")
    said.say(name, "dct:language", *(f"{_AUTHORITY}/language/{_LANGUAGES[code]}" for code in LANGUAGES))
    said.say(name, "dct:identifier", ox.Literal(name))
    said.say(name, "dct:license", LICENCE)
    said.say(name, "dct:source", UNITED_NATIONS)
    said.say(name, "dct:conformsTo", ONTOLOGY.removesuffix("#"))
    said.say(name, "dct:bibliographicCitation", ox.Literal(citation(site, release.version, release.issued)))
    said.say(name, "dcat:landingPage", f"{home(site)}index.html")
    publisher = f"{name}#publisher"
    said.say(name, "dct:publisher", publisher)
    said.say(publisher, "rdf:type", "foaf:Agent")
    said.words(publisher, "foaf:name", in_six("publisher"))
    _versions(said, site, state)
    return said


def _versions(said: Statements, site: Site, state: State) -> None:
    """The release, the one it replaces, and the feed that tells what changed."""
    name, release = dataset_name(site), state.latest
    version = version_name(site.names, release.version)
    said.say(name, "dcat:version", ox.Literal(release.version))
    said.say(name, "owl:versionIRI", version)
    said.say(name, "dcat:hasCurrentVersion", version)
    said.say(name, "dct:issued", literal(state.releases[0].issued, "dateTime"))
    said.say(name, "dct:modified", literal(release.issued, "dateTime"))
    said.say(name, "dct:relation", stream_name(site))
    said.say(version, "rdf:type", "dcat:Dataset")
    said.words(version, "dct:title", {code: f"{text} ({release.version})" for code, text in in_six("title").items()})
    said.words(version, "dct:description", in_six("description"))
    said.say(version, "dct:isVersionOf", name)
    said.say(version, "dcat:version", ox.Literal(release.version))
    said.say(version, "dct:issued", literal(release.issued, "dateTime"))
    if state.before:
        earlier = version_name(site.names, state.before.version)
        said.say(version, "dct:replaces", earlier)
        said.say(version, "dcat:previousVersion", earlier)
        said.say(version, "prov:wasRevisionOf", earlier)
