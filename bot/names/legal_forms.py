"""Legal forms: what an organisation's name carries for the register and not for its friends.

Words like "Foundation", "Association" or "Fundación" are no forms but parts of names.
"""

import re

# Words without their dots ("S.A. de C.V." is "sa de cv"); a comma ends each.
_BEHIND = """
inc, incorporated, corp, ltd, limited, co ltd, company limited, llc, llp, lp, plc, clg, cic, cio,
dac, pty, pty ltd, proprietary limited, pvt ltd, private limited, pte ltd, ltd gte, limited gte,
npc, rf npc, npo, ngo, ong, sdn bhd, bhd, berhad, tbk, jsc, pjsc, cjsc, ojsc, pbc,
gmbh, ggmbh, mbh, ug, ag, kg, kgaa, ohg, gbr, ev, e v, eingetragener verein, eg, gmbh co kg,
gmbh and co kg, gmbh und co kg, gug, eingetragene genossenschaft, asbl, aisbl, vzw, ivzw, bv, bvba,
nv, cvba, sa, sas, sasu, sarl, scop, scic, association loi 1901, loi 1901,
srl, spa, snc, onlus, odv, ets, sl, slu, slne, sau, sa de cv, s de rl de cv, sapi de cv, sc, ac, iap,
iasp, abp, asociacion civil, ltda, cia ltda, eirl, epp, eireli, esal,
ab, as, a s, asa, aps, a ps, amba, ivs, oy, oyj, ry, rf, ehf, hf, ou, mtu, uab, sia, vsi,
kft, zrt, nyrt, doo, d o o, dd, ood, eood, ead, sro, s r o, zs, z s, ops, oz, spol s ro,
sp z oo, sp z o o, sp zoo, spzoo, vof, ao, ooo, oao, zao, pao, tov,
ltd sti, amke
"""
_BEFORE = """
stichting, asbl, aisbl, vzw, ong, ngo, npo, pt, yayasan, ooo, oao, zao, pao, ano, nko, tov,
asociacion civil, ac, eingetragener verein, sdruzhenie, udruzhenie
"""
# Written without a space.
_HAN_AND_HANGUL = """
株式会社 有限会社 合同会社 一般社団法人 一般財団法人 公益社団法人 公益財団法人 特定非営利活動法人 NPO法人
認定NPO法人 認定特定非営利活動法人 社会福祉法人 学校法人 宗教法人 財團法人 社團法人 财团法人 社团法人
有限责任公司 股份有限公司 有限公司 有限責任公司 주식회사 사단법인 재단법인 비영리법인
"""

WORD = re.compile(r"[A-Za-z0-9\u0080-\U0010ffff]+")


def _forms(table: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(form.split()) for form in table.split(","))


_FORMS_BEHIND = _forms(_BEHIND)
_FORMS_BEFORE = _forms(_BEFORE)
_LONGEST = max(map(len, _FORMS_BEHIND))
_JOINED = tuple(_HAN_AND_HANGUL.lower().split())


def is_form(text: str) -> bool:
    """Return whether a text is a legal form and nothing else."""
    found = tuple(word.lower() for word in WORD.findall(text))
    return found in _FORMS_BEHIND or "".join(found) in _JOINED or found in {("株",), ("有",)}


def without_form(text: str) -> str:
    """The name without one legal form at its end, or else at its start; the same where none is.

    Takes what `folding.unaccented` gives, with initials joined ("eV"). Never leaves nothing.
    """
    found = list(WORD.finditer(text))
    lower = [match[0].lower() for match in found]
    for count in range(min(_LONGEST, len(found) - 1), 0, -1):
        if tuple(lower[-count:]) in _FORMS_BEHIND:
            return text[: found[-count].start()]
    for count in range(min(_LONGEST, len(found) - 1), 0, -1):
        if tuple(lower[:count]) in _FORMS_BEFORE:
            return text[found[count - 1].end() :]
    return _without_joined(text.strip())


def _without_joined(text: str) -> str:
    lower = text.lower()
    for form in _JOINED:
        if lower.startswith(form) and lower != form:
            return text[len(form) :]
        if lower.endswith(form) and lower != form:
            return text[: -len(form)]
    return text
