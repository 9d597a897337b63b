"""Small Akoma Ntoso documents of this project's own making, in six languages, and the same as plain text."""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import escape

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
THREE = {"ar": "ara", "en": "eng", "es": "spa", "fr": "fra", "ru": "rus", "zh": "zho"}


@dataclass(frozen=True)
class Words:
    """What a document of one language is made of."""

    organ: str
    title: str
    opening: str
    preambular: tuple[str, str]
    operative: tuple[str, str, str]
    points: tuple[str, str]
    point_numbers: tuple[str, str]
    romans: tuple[str, str]
    wrap: str
    annex: str
    section: tuple[str, str]
    closing: str
    note: str
    paragraph: str = "{}."


WORDS = {
    "en": Words(
        "General Assembly",
        "90/12. Sustainable mountain development",
        "The General Assembly,",
        ("Recalling its resolution on the development of mountains,", "Noting the report of the Secretary-General,"),
        (
            "Requests the Secretary-General to report to the General Assembly:",
            "Invites Member States to support the efforts of the mountain countries;",
            "Decides to remain seized of the matter.",
        ),
        ("On the state of the forests;", "On the means that are needed;"),
        ("(a)", "(b)"),
        ("(i)", "(ii)"),
        "and to make proposals to the Assembly at its next session;",
        "Annex",
        ("Forests of the mountains", "Water of the valleys"),
        "61st plenary meeting",
        "See the report of the Secretary-General.",
    ),
    "fr": Words(
        "Assemblée générale",
        "90/12. Développement durable des montagnes",
        "L’Assemblée générale,",
        ("Rappelant sa résolution sur les montagnes,", "Prenant note du rapport du Secrétaire général,"),
        (
            "Prie le Secrétaire général de lui présenter un rapport :",
            "Invite les États Membres à soutenir les efforts des pays de montagne ;",
            "Décide de rester saisie de la question.",
        ),
        ("Sur l’état des forêts ;", "Sur les moyens qui sont nécessaires ;"),
        ("a)", "b)"),
        ("i)", "ii)"),
        "et de lui faire des propositions à sa prochaine session ;",
        "Annexe",
        ("Forêts des montagnes", "Eau des vallées"),
        "61e séance plénière",
        "Voir le rapport du Secrétaire général.",
    ),
    "es": Words(
        "Asamblea General",
        "90/12. Desarrollo sostenible de las montañas",
        "La Asamblea General,",
        ("Recordando su resolución sobre las montañas,", "Tomando nota del informe del Secretario General,"),
        (
            "Solicita al Secretario General que le presente un informe:",
            "Invita a los Estados Miembros a que apoyen los esfuerzos de los países de montaña;",
            "Decide seguir ocupándose de la cuestión.",
        ),
        ("Sobre el estado de los bosques;", "Sobre los medios que son necesarios;"),
        ("a)", "b)"),
        ("i)", "ii)"),
        "y que le haga propuestas en su próximo período de sesiones;",
        "Anexo",
        ("Bosques de las montañas", "Agua de los valles"),
        "61ª sesión plenaria",
        "Véase el informe del Secretario General.",
    ),
    "ru": Words(
        "Генеральная Ассамблея",
        "90/12. Устойчивое горное развитие",
        "Генеральная Ассамблея,",
        ("ссылаясь на свою резолюцию о горах,", "принимая к сведению доклад Генерального секретаря,"),
        (
            "просит Генерального секретаря представить ей доклад:",
            "предлагает государствам-членам поддержать усилия горных стран;",
            "постановляет продолжать заниматься этим вопросом.",
        ),
        ("о состоянии лесов;", "о средствах, которые необходимы;"),
        ("a)", "b)"),
        ("i)", "ii)"),
        "и внести предложения на ее следующей сессии;",
        "Приложение",
        ("Леса гор", "Вода долин"),
        "61-е пленарное заседание",
        "См. доклад Генерального секретаря.",
    ),
    "zh": Words(
        "大会",
        "90/12. 山区可持续发展",
        "大会，",
        ("回顾其关于山区的决议，", "注意到秘书长的报告，"),
        ("请秘书长就下列问题提出报告：", "邀请会员国支持山区国家的努力；", "决定继续处理此案。"),
        ("森林的状况；", "所需的手段；"),
        ("(a)", "(b)"),
        ("㈠", "㈡"),
        "并向大会下届会议提出建议；",
        "附件",
        ("山区的森林", "山谷的水"),
        "第61次全体会议",
        "见秘书长的报告。",
    ),
    "ar": Words(
        "الجمعية العامة",
        "90/12 - التنمية المستدامة للجبال",
        "إن الجمعية العامة،",
        ("إذ تشير إلى قرارها بشأن الجبال،", "وإذ تحيط علما بتقرير الأمين العام،"),
        (
            "تطلب إلى الأمين العام أن يقدم إليها تقريرا:",
            "تدعو الدول الأعضاء إلى دعم جهود البلدان الجبلية؛",
            "تقرر أن تبقي المسألة قيد نظرها.",
        ),
        ("عن حالة الغابات؛", "عن الوسائل اللازمة؛"),
        ("(أ)", "(ب)"),
        ("’1‘", "’2‘"),
        "وأن يقدم مقترحات إليها في دورتها المقبلة؛",
        "المرفق",
        ("غابات الجبال", "مياه الأودية"),
        "الجلسة العامة 61",
        "انظر تقرير الأمين العام.",
        "{} -",
    ),
}


def p(words: str) -> str:
    return f"<p>{words}</p>"


def container(words: str) -> str:
    return f"<container>{p(words)}</container>"


def note(marker: str, words: str) -> str:
    return f'<authorialNote marker="{marker}"><p>{words}</p></authorialNote>'


def paragraph(words: str, number: str | None = None, inside: str = "") -> str:
    num = f"<num>{number}</num>" if number else ""
    return f"<paragraph>{num}<content>{p(words)}</content>{inside}</paragraph>"


def points(chapeau: str, number: str, listed: list[tuple[str, str]], wrap: str = "") -> str:
    """A numbered paragraph with points, and the words behind them."""
    held = "".join(f"<point><num>{n}</num><content>{p(words)}</content></point>" for n, words in listed)
    end = f"<wrapUp>{p(wrap)}</wrapUp>" if wrap else ""
    return f"<paragraph><num>{number}</num><list><intro>{p(chapeau)}</intro>{held}{end}</list></paragraph>"


def cover(language: str, symbol: str) -> str:
    organ = WORDS[language].organ
    return f"<coverPage><p><docNumber>{symbol}</docNumber></p><p>{organ}</p></coverPage>"


def meta(language: str) -> str:
    return (
        "<meta><identification><FRBRExpression>"
        f'<FRBRlanguage language="{THREE[language]}"/></FRBRExpression></identification></meta>'
    )


def statement(language: str, preamble: str, body: str, end: str = "", symbol: str = "A/RES/90/12") -> str:
    words = WORDS[language]
    opening = f"<formula>{p(words.opening)}</formula>" if preamble else ""
    return (
        f"<statement>{meta(language)}{cover(language, symbol)}<preface>{p(escape(words.title))}</preface>"
        f"<preamble>{opening}{preamble}</preamble><mainBody>{body}</mainBody>{end}</statement>"
    )


def file(*inside: str) -> bytes:
    return f'<?xml version="1.0"?>\n<akomaNtoso xmlns="{NAMESPACE}">{"".join(inside)}</akomaNtoso>'.encode()


def plain(language: str, *paragraphs: str) -> str:
    """A text with its heading matter, its paragraphs apart by an empty line."""
    words = WORDS[language]
    return "\n\n".join((words.organ, words.title, words.opening, *paragraphs)) + "\n"
