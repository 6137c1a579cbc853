"""The columns of tools that people have, and of any other by what its header says. Pure.

A preset is taken where its marks are all in the header, or by name. A name here is `plain`: lower
case, letters and digits only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from collector.errors import InvalidInput


def plain(name: object) -> str:
    """A header as it is compared: "Agent ID (UTC)" and agent_id are both of their letters."""
    text = unicodedata.normalize("NFKC", str(name)).lower()
    return re.sub(r"[\W_]+", "", text)


@dataclass(frozen=True, slots=True)
class Preset:
    """One tool. `marks`: headers that together only it has. `fields`: field → headers, the first
    that is there counts. `whole`: what its scores from 0 to 10 are, where it asks one question so.
    """

    title: str
    marks: tuple[str, ...]
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    metric: str = ""
    whole: str = ""
    numbered_status: bool = False


PRESETS: Mapping[str, Preset] = {
    "delighted": Preset(
        "Delighted", ("score", "comment", "createdat", "updatedat"), {
            "response_id": ("id", "responseid"), "score": ("score",), "comment": ("comment",),
            "answered_at": ("createdat", "respondedat"), "metric": ("surveytype",),
            "channel": ("surveymethod", "source", "deliverymethod"), "locale": ("locale",),
        }, whole="NPS"),
    "qualtrics": Preset(
        "Qualtrics", ("startdate", "enddate", "status", "responseid"), {
            "response_id": ("responseid",), "answered_at": ("recordeddate", "enddate"),
            "opened_at": ("startdate",), "ip_hash": ("ipaddress",),
            "channel": ("distributionchannel",), "locale": ("userlanguage",),
        }, numbered_status=True),
    "zendesk": Preset(
        "Zendesk", ("satisfactionscore", "assignee"), {
            "response_id": ("id", "ticketid"),
            "score": ("satisfactionscore", "satisfactionrating", "ticketsatisfactionrating"),
            "answered_at": ("satisfactionupdatedat", "ratedat", "surveyrespondedat", "solvedat",
                            "ticketsolveddate", "updatedat", "createdat"),
            "agent_id": ("assigneeid", "assignee", "assigneename"),
            "team_id": ("group", "groupname", "ticketgroup"), "channel": ("via", "channel"),
            "comment": ("satisfactioncomment", "ratingcomment", "comment"),
        }, metric="CSAT"),
    "surveymonkey": Preset(
        "SurveyMonkey", ("respondentid", "collectorid", "datecreated", "datemodified"), {
            "response_id": ("respondentid",), "answered_at": ("datemodified", "datecreated"),
            "opened_at": ("datecreated",), "ip_hash": ("ipaddress",),
        }),
    "typeform": Preset(
        "Typeform", ("networkid", "submitdateutc"), {
            "response_id": ("", "token", "responseid"), "answered_at": ("submitdateutc",),
            "opened_at": ("startdateutc",), "ip_hash": ("networkid",),
        }),
    "chatwoot": Preset(
        "Chatwoot", ("agentname", "rating", "linktotheconversation"), {
            "agent_id": ("agentname",), "score": ("rating",),
            "answered_at": ("recordeddate", "recordedat", "createdat", "date"),
            "comment": ("feedbackcomment", "feedbackmessage", "feedback"),
            "invitation_id": ("linktotheconversation",),
        }, metric="CSAT"),
    "wjx": Preset(
        "问卷星", ("序号", "提交答卷时间"), {
            "response_id": ("序号",), "answered_at": ("提交答卷时间",), "ip_hash": ("来自ip", "ip"),
            "channel": ("来源",),
        }),
    "googleforms": Preset(
        "Google Forms", ("timestamp",), {"answered_at": ("timestamp",)}),
}  # fmt: skip
ALSO = {
    "wenjuanxing": "wjx", "问卷星": "wjx", "google": "googleforms", "googleform": "googleforms",
    "surveymonkeys": "surveymonkey", "monkey": "surveymonkey",
}  # fmt: skip
# What headers of any tool call our fields; those before say it more exactly.
NAMES: Mapping[str, tuple[str, ...]] = {
    "response_id": (
        "responseid", "surveyresponseid", "answerid", "submissionid", "respondentid", "ratingid",
        "reviewid", "feedbackid", "surveyid", "uuid", "id", "ticketid", "conversationid", "caseid",
        "序号", "编号", "工单编号", "工单号", "会话id", "答卷编号", "答卷id", "评价id", "no",
        "nr", "number", "antwortid",
        "antwortnr", "bewertungsnr", "ticketnr", "ticketnumber", "ticket", "casenumber",
        "responseno",
        "responsenumber",
    ),
    "invitation_id": ("invitationid", "inviteid", "surveyinvitationid"),
    "answered_at": (
        "answeredat", "respondedat", "responsedate", "responsetime", "responsereceivedat",
        "responsedatetime", "submittedat", "submitdate", "submitdateutc", "submissiondate",
        "submissiontime", "submitted", "completedat", "completiontime", "completed",
        "datecompleted",
        "datesubmitted", "dateofresponse", "surveycompleted", "surveydate", "rateddate", "ratedat",
        "ratingdate", "recordeddate", "enddate", "endtime", "timestamp", "zeitstempel",
        "horodateur",
        "marcatemporal", "carimbodedatahora", "时间戳记", "时间戳", "informazionicronologiche",
        "datum", "antwortdatum", "beantwortetam", "datetime", "date", "time", "createdat",
        "createdon", "datecreated", "created", "createddate", "updatedat", "提交时间",
        "提交答卷时间",
        "评价时间", "答题时间", "填写时间", "评分时间", "回答时间", "时间", "日期", "创建时间",
        "fecha",
        "fechaderespuesta", "data", "dataehora", "datadaresposta", "datederéponse", "回答日時",
        "日時",
        "タイムスタンプ", "дата", "датаивремя", "datumundzeit", "datumzeit", "at",
    ),
    "opened_at": ("openedat", "startedat", "startdate", "startdateutc", "starttime", "开始时间",
                  "开始答题时间"),
    "agent_id": (
        "agentid", "agent", "agentname", "agentemail", "assignedagent", "assignee", "assigneename",
        "assignedto", "owner", "ownername", "caseowner", "ticketowner", "operator", "operatorname",
        "rep", "representative", "salesrep", "servicerep", "csr", "advisor", "adviser", "employee",
        "employeename", "employeeid", "staff", "staffname", "staffmember", "handler", "handledby",
        "teammate", "teammember", "consultant", "clerk", "seller", "technician", "teammateassigned",
        "客服", "客服姓名", "客服工号", "客服id", "客服名称", "坐席", "坐席姓名", "坐席工号",
        "座席", "服务人员",
        "接待客服", "员工", "员工姓名", "工号", "经办人", "导购", "mitarbeiter", "bearbeiter",
        "berater",
        "agente", "asesor", "atendente", "conseiller", "担当者", "担当", "оператор", "сотрудник",
    ),
    "team_id": (
        "teamid", "team", "teamname", "group", "groupname", "department", "inbox", "queue", "部门",
        "团队", "小组", "班组", "组别", "abteilung", "equipo", "equipe", "équipe",
    ),
    "store_id": (
        "storeid", "store", "storename", "branch", "branchname", "shop", "location", "site", "门店",
        "门店名称", "网点", "店铺", "filiale", "tienda", "loja", "magasin",
    ),
    "comment": (
        "comment", "comments", "customercomment", "feedback", "feedbackcomment", "feedbackmessage",
        "feedbacktext", "text", "verbatim", "openended", "reason", "remarks", "note", "notes",
        "review", "reviewtext", "message", "npscomment", "csatcomment", "satisfactioncomment",
        "评论", "评价内容", "留言", "意见", "建议", "意见建议", "意见或建议", "备注", "反馈",
        "反馈内容", "评语",
        "您的建议", "kommentar", "anmerkung", "anmerkungen", "comentario", "comentarios",
        "comentário", "commentaire", "コメント", "ご意見", "комментарий", "отзыв",
    ),
    "metric": ("metric", "surveytype", "metrictype"),
    "scale": ("scale",),
    "channel": ("channel", "surveychannel", "surveymethod", "distributionchannel", "medium",
                "渠道", "来源渠道", "kanal", "canal"),
    "ip_hash": ("iphash", "ipaddress", "ip", "来自ip", "networkid"),
    "net_hash": ("nethash",),
    "device_hash": ("devicehash", "deviceid"),
    "user_agent": ("useragent", "browser"),
    "locale": ("locale", "language", "userlanguage"),
    "score": (
        "score", "rating", "nps", "npsscore", "npsrating", "csat", "csatscore", "csatrating", "ces",
        "cesscore", "satisfaction", "satisfactionscore", "satisfactionrating", "surveyscore",
        "stars", "star", "starrating", "numberofstars", "grade", "responsescore", "reviewscore",
        "feedbackscore", "评分", "打分", "得分", "分数", "满意度", "оценка", "满意度评分", "评价",
        "评价结果", "评价等级",
        "星级", "推荐度", "推荐分", "推荐意愿", "bewertung", "zufriedenheit", "sterne", "punktzahl",
        "puntuación", "puntuacion", "calificación", "calificacion", "satisfacción", "valoración",
        "nota", "avaliação", "avaliacao", "satisfação", "note", "satisfaction client", "評価",
        "満足度",
        "value", "answer", "result", "rate",
    ),
}  # fmt: skip
# What a question or a header says that it measures.
MEASURES: Sequence[tuple[str, re.Pattern[str]]] = (
    ("NPS", re.compile(
        r"\be?nps|net.?promoter|recommend|推荐|推薦|weiterempf|empfehlen|recommand|recomend|"
        r"raccomand|"
        r"consigli|aanbevel|薦め|勧め|추천|порекоменд", re.IGNORECASE)),
    ("CES", re.compile(
        r"\bces\b|ces.?score|effort|how easy|easy (was|is) it|made it easy|费力|容易程度|"
        r"有多容易|aufwand|"
        r"wie (leicht|einfach)|effort|esfuerzo|facilidad|esforço", re.IGNORECASE)),
    ("CSAT", re.compile(
        r"csat|satisf|满意|滿意|zufrieden|soddisf|tevreden|満足|만족|удовлетвор|\bstars?\b|星级|"
        r"sterne|"
        r"estrellas", re.IGNORECASE)),
)  # fmt: skip
ASKS = re.compile(
    r"recommend|satisf|how (would|do) you rate|rate (your|our|the)|推荐|满意|评分|打分|评价|"
    r"empfehl|zufrieden"
    r"|bewert|recommand|recomend|valor|avali|薦め|満足|how easy|effort|\bnps\b|\bcsat\b|\bces\b|"
    r"score|rating",
    re.IGNORECASE,
)
TELLS = re.compile(
    r"\bwhy\b|reason|improve|comment|feedback|tell us|anything else|suggest|原因|为什么|建议|"
    r"意见|改进|warum|"
    r"verbesser|pourquoi|amélior|por qué|mejorar|por que|melhorar|理由|open-ended", re.IGNORECASE,
)  # fmt: skip


def measured(text: str) -> str:
    """NPS, CES or CSAT where a header or a question says so, else empty."""
    return next((metric for metric, words in MEASURES if words.search(text)), "")


def named(name: str) -> str:
    """The key of the preset of this name. Raises InvalidInput."""
    key = plain(name)
    key = ALSO.get(key, key)
    if key not in PRESETS:
        listed = ", ".join(PRESETS)
        raise InvalidInput(
            f"There is no preset '{name}'. There are: {listed}. For any other tool leave --preset "
            "away, and say with --map what the header does not.",
            code="bad_preset",
        )
    return key


def _is_form(header: Sequence[str]) -> bool:
    """The time comes first, then questions."""
    asked = [name for name in header[1:] if "?" in name or "？" in name or len(name) > 25]
    return plain(header[0]) == "timestamp" and bool(asked)


def recognise(header: Sequence[str]) -> str:
    """The key of the tool that writes such a header, else empty."""
    have = {plain(name) for name in header}
    for key, preset in PRESETS.items():
        if key == "googleforms" and not _is_form(header):
            continue
        if have.issuperset(preset.marks) and not (key == "delighted" and "ticketid" in have):
            return key
    return ""
