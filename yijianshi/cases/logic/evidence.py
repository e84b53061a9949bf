"""What stands for a paper nobody had to hand in, in the words the desk needs: who vouches for it, and what is left to do."""

from collections.abc import Mapping

from yijianshi.kernel.text import Text

_WORDS: Mapping[str, Text] = {
    "E_CERTIFICATE": Text(
        "申请人免交：由电子证照“{source}”核验，提交时有效，用证有记录。",
        'Not handed in: verified at submission against the e-certificate "{source}"; the use is on record.',
    ),
    "DATA_SHARE": Text(
        "申请人免交：已与“{source}”的登记数据核对。", 'Not handed in: checked against the register that holds "{source}".'
    ),
    "PRIOR_SUBMISSION": Text(
        "申请人免交：沿用以前办事时交过的“{source}”。", 'Not handed in: "{source}" from an earlier application serves.'
    ),
    "INTERNAL_PRODUCT": Text(
        "申请人免交：由“{source}”的办理结果直接传递。", 'Not handed in: passed on directly as the result of "{source}".'
    ),
    "COMMITMENT": Text(
        "申请人免交：已签告知承诺书“{source}”。", 'Not handed in: the commitment letter "{source}" was signed instead.'
    ),
    "DEPARTMENT_INQUIRY": Text(
        "申请人免交：请贵单位向“{source}”的出具单位核实后再决定。",
        'Not handed in: please ask the office that issues "{source}" before deciding.',
    ),
    "DEFERRED": Text(
        "容缺受理：申请人可以后补，现在不必等它。", "To follow later: the applicant may hand it in afterwards; no need to wait."
    ),
}


def in_place_of_paper(satisfier: str, source: Text) -> Text | None:
    """Return what *source* vouches for by this way of meeting a material; None for an upload, whose files speak."""
    words = _WORDS.get(satisfier)
    return words.format(source=source) if words else None
