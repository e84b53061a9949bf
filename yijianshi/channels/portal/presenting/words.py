"""Words the portal uses for the house's own codes; each tone goes with an icon and a word, never colour alone."""

from yijianshi.channels.shared import planned
from yijianshi.kernel.text import Text

MATERIAL_STATUS = planned.MATERIAL_STATUS

SATISFIERS: dict[str, Text] = {
    "E_CERTIFICATE": Text("用电子证照", "Use an e-certificate"),
    "DATA_SHARE": Text("部门之间直接核对", "Departments check it directly"),
    "PRIOR_SUBMISSION": Text("用您以前交过的", "Use what you handed in before"),
    "INTERNAL_PRODUCT": Text("由前一项的结果提供", "Given by an earlier result"),
    "COMMITMENT": Text("签承诺书", "Sign a commitment"),
    "DEPARTMENT_INQUIRY": Text("由部门去核实", "The department inquires"),
    "DEFERRED": Text("先办理，以后补交", "Start now, hand in later"),
    "UPLOAD": Text("上传照片或文件", "Upload a photo or file"),
}

STATE_TONES: dict[str, str] = {
    "WAITING_UPSTREAM": "idle",
    "RECEIVED": "running",
    "CORRECTION_REQUESTED": "waiting",
    "ACCEPTED": "running",
    "SUSPENDED": "running",
    "DECIDED": "running",
    "COMPLETED": "done",
    "REFUSED": "stopped",
    "NOT_ACCEPTED": "stopped",
    "RETURNED": "stopped",
    "WITHDRAWN": "stopped",
    "TERMINATED": "stopped",
}

REDUCTIONS = planned.REDUCTIONS

MASKED = Text("已保密显示", "shown in part")

MEASURES: dict[str, Text] = {
    "STEPS": Text("环节", "Steps"),
    "MATERIALS": Text("材料", "Materials"),
    "DAYS": Text("时间", "Time"),
    "VISITS": Text("跑动", "Trips"),
}
