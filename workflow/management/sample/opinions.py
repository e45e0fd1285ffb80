"""Short sentences with which heads, supervisors and leaders decide in the sample."""

from collections.abc import Sequence

from workflow.management.sample.diary import drawn

APPROVED = (
    "数据已与科室台账核对，同意上报。",
    "情况属实，同意。",
    "同意。下一步措施请按周落实。",
    "已抽看佐证材料，同意上报。",
)
SIGNED = (
    "汇总内容与各单位报告一致，同意报送。",
    "同意报送督查室。",
    "请按汇总列明的下步安排抓紧推进，同意报送。",
)
VERIFIED = (
    "已核对报告与佐证材料，数据前后一致，核查通过。",
    "电话抽查三家单位，反馈与报告相符，核查通过。",
    "查阅会议记录和通知原件，任务按期完成，核查通过。",
)
VISITED = (
    "现场查看两所学校，实际情况与报告相符，核查通过。",
    "到现场走访并座谈，台账、实物、报告三者一致，核查通过。",
)


def chosen(sentences: Sequence[str], key: str) -> str:
    """One of the sentences, always the same for `key`."""
    return sentences[drawn(key, len(sentences))]
